import type { Evaluation, Landscape } from './landscape.ts'

/** The tempered, localised posterior's potential `nβ (L(w) - L(w*)) + (γ/2) |w - w*|²` at a point. */
export interface PotentialValue {
  /** `nβ (L(w) - L(w*))`, whose posterior mean is the learning coefficient. */
  readonly tempered: number
  /** `(γ/2) |w - w*|²`. */
  readonly pull: number
  /** Both together. */
  readonly energy: number
  /** Gradient of `energy`. */
  readonly gradient: Float64Array
}

/** A posterior to sample from, and what looking at it has cost. */
export interface Potential {
  readonly landscape: Landscape
  /** Mean loss at w* over all observations. */
  readonly baseline: number
  at(point: Float64Array, batch: Int32Array | null): Promise<PotentialValue>
  /** Forward and backward passes so far, in passes over all observations. */
  passes(): number
}

/**
 * A landscape's posterior at inverse temperature β and localisation γ.
 *
 * On a batch the loss is `L_B(w) - L_B(w*) - ⟨∇L_B(w*) - ∇L(w*), w - w*⟩`: the same in the mean over batches, its noise falling
 * with the distance from w* (control variates; Baker et al., "Control variates for stochastic gradient MCMC", 2019).
 */
export async function potentialOf(landscape: Landscape, beta: number, localisation: number): Promise<Potential> {
  const { centre, observations } = landscape
  const scale = observations * beta
  let passes = 0
  const evaluate = (point: Float64Array, batch: Int32Array | null): Evaluation | Promise<Evaluation> => {
    passes += batch === null ? 1 : batch.length / observations
    return landscape.evaluate(point, batch)
  }
  const start = await evaluate(centre, null)
  const nothing = new Float64Array(centre.length)
  return {
    landscape,
    baseline: start.loss,
    passes: () => passes,
    async at(point, batch) {
      const here = await evaluate(point, batch)
      const there = batch === null ? null : await evaluate(centre, batch)
      const own = there?.gradient ?? nothing
      const whole = there === null ? nothing : start.gradient
      const gradient = new Float64Array(point.length)
      let [radius, drift] = [0, 0]
      for (let i = 0; i < point.length; i++) {
        const step = point[i]! - centre[i]!
        const correction = whole[i]! - own[i]!
        radius += step * step
        drift += correction * step
        gradient[i] = scale * (here.gradient[i]! + correction) + localisation * step
      }
      const tempered = scale * (here.loss - (there?.loss ?? start.loss) + drift)
      const pull = (localisation / 2) * radius
      return { tempered, pull, energy: tempered + pull, gradient }
    },
  }
}
