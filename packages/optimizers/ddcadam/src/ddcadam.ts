import type { GaugeData } from '@dead-directions/quotient'
import * as tf from '@tensorflow/tfjs'
import { adamDirection, adamRatio, type Direction, type Moments, type OptimizerState } from './adam.ts'
import type { Named } from './canonical.ts'
import { centred } from './centred.ts'
import { checkShapes } from './check-shapes.ts'
import { groupStep, type LiftedStep, plainStep } from './lifted-step.ts'
import { linearFrames } from './linear-frames.ts'
import { type Granularity, type Plan, plainSets, planOf } from './plan.ts'
import { checkSchedule, rateAt, type Schedule } from './schedule.ts'

/** What {@link DDCAdam} is made of. */
export interface DDCAdamOptions {
  /** Relative length of a step, or its schedule, as data or as a function of the step, which is 1 at the first. */
  readonly learningRate: number | Schedule | ((step: number) => number)
  /** Default 0.9. */
  readonly beta1?: number
  /** Default 0.999. */
  readonly beta2?: number
  /** Default 1e-8. */
  readonly epsilon?: number
  /** Decoupled; default 0. */
  readonly weightDecay?: number
  /** The gauges of the parameters, as `findGauges` gives them; none makes it AdamW. */
  readonly gauges?: readonly GaugeData[]
  /** Whether a rescaling is one of every unit or one number for its blocks. Default `unit`. */
  readonly granularity?: Granularity
  /** Whether lengths stay where they are along an orbit or follow their own Adam there. Default `frozen`. */
  readonly gaugeMode?: 'frozen' | 'adam'
  /** What is kept of a general linear gauge: its rotations, or all of it, in the frame that balances the first step's values. Default `rotations`. */
  readonly linearGauges?: 'rotations' | 'whole'
}

type Gradients = Parameters<tf.Optimizer['applyGradients']>[0]

/**
 * Adam in coordinates that gauges leave alone: moved parameters take the moved path, exactly. Lengths of the blocks that a
 * rescaling trades take a scalar Adam step across the orbit and none along it; what is left of a gradient takes its step on the
 * sphere of the block; means that a translation moves take none; second moments are shared over what a rotation mixes. A
 * general linear gauge keeps its rotations or, in the frame in which the first step's values are balanced, all of it. Parameters
 * in no gauge get AdamW.
 * Source: arXiv 2606.29176; arXiv 2606.05957, row E.
 *
 * @throws RangeError for gauges that it cannot compose, naming them, and for a wrong schedule
 * @example
 * import { DDCAdam } from '@dead-directions/ddcadam'
 * import { findGauges } from '@dead-directions/quotient'
 * import * as tf from '@tensorflow/tfjs'
 *
 * const model = tf.sequential({ layers: [
 *   tf.layers.dense({ inputShape: [4], units: 8, activation: 'relu' }),
 *   tf.layers.dense({ units: 1 }),
 * ] })
 * model.compile({ optimizer: new DDCAdam({ learningRate: 0.01, gauges: findGauges(model) }), loss: 'meanSquaredError' })
 */
export class DDCAdam extends tf.Optimizer {
  static get className(): string {
    return 'DDCAdam'
  }

  protected readonly state: OptimizerState = new Map()
  protected readonly options: Required<DDCAdamOptions>
  protected readonly plan: Plan
  private checked = false

  constructor(options: DDCAdamOptions) {
    super()
    this.options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, gauges: [], granularity: 'unit', gaugeMode: 'frozen', linearGauges: 'rotations', ...options }
    if (typeof options.learningRate === 'object') checkSchedule(options.learningRate)
    this.plan = planOf(this.options.gauges, this.options.granularity)
  }

  override applyGradients(variableGradients: Gradients): void {
    const given: Named = Array.isArray(variableGradients)
      ? Object.fromEntries(variableGradients.map(({ name, tensor }) => [name, tensor]))
      : (variableGradients as unknown as Named)
    const variables = tf.engine().registeredVariables
    if (!this.checked) checkShapes(this.plan, this.options.granularity, name => (given[name] === undefined ? undefined : variables[name]?.shape))
    this.checked = true
    const frames = linearFrames(this.state, this.options.linearGauges === 'whole' ? this.options.gauges : [], variables)
    tf.tidy(() => {
      const gradients = frames.gradients(given)
      const step: LiftedStep = {
        ...this.options,
        translations: this.plan.translations,
        rate: this.rate,
        gradients,
        values: names => this.shrunk(frames.values(Object.fromEntries(names.map(name => [name, variables[name] as tf.Tensor])))),
        direction: (name, gradient) => this.direction(name, gradient),
        lengthDirection: (name, gradient) => adamDirection(this.moments(name), gradient),
      }
      // What one group needs on the way is gone before the next.
      const assign = (next: () => Named): void => tf.tidy(() => Object.entries(next()).forEach(([name, value]) => frames.assign(variables[name] as tf.Variable, value)))
      for (const group of this.plan.groups) assign(() => groupStep(step, group))
      for (const names of plainSets(this.plan, Object.keys(gradients))) assign(() => plainStep(step, names))
    })
    this.incrementIterations()
  }

  /** Of a gradient in coordinates that no gauge moves, what to step against; another base puts its own here. */
  protected direction(name: string, gradient: tf.Tensor): Direction {
    return adamRatio(this.moments(name), gradient, this.plan.mixed.get(name))
  }

  /** Where the moments of a name are kept, and the step that they are in. */
  protected moments(name: string): Moments {
    return { state: this.state, name, constants: this.options, step: this.iterations + 1 }
  }

  private get rate(): number {
    const { learningRate } = this.options
    if (typeof learningRate === 'number') return learningRate
    return typeof learningRate === 'function' ? learningRate(this.iterations + 1) : rateAt(learningRate, this.iterations + 1)
  }

  /** Values after their decay, which leaves what a translation adds alone. */
  private shrunk(values: Named): Named {
    const decay = this.rate * this.options.weightDecay
    if (decay === 0) return values
    const decayed = Object.entries(centred(values, this.plan.translations))
    return Object.fromEntries(decayed.map(([name, value]) => [name, tf.sub(values[name] as tf.Tensor, tf.mul(value, decay))]))
  }

  /** The number of steps taken and every moment, by name. */
  override async getWeights(): ReturnType<tf.Optimizer['getWeights']> {
    return [await this.saveIterations(), ...[...this.state].map(([name, tensor]) => ({ name, tensor }))]
  }

  /** Takes up what {@link getWeights} gave; the tensors stay the caller's. */
  override async setWeights(weights: Parameters<tf.Optimizer['setWeights']>[0]): Promise<void> {
    const moments = await this.extractIterations(weights)
    tf.dispose([...this.state.values()])
    this.state.clear()
    for (const { name, tensor } of moments) this.state.set(name, tf.tidy(() => tf.variable(tensor, false)))
  }

  /** @throws TypeError when the learning rate is a function, which no configuration can hold */
  override getConfig(): tf.serialization.ConfigDict {
    const { learningRate, gauges, ...rest } = this.options
    if (typeof learningRate === 'function') throw new TypeError('learningRate: got a function, expected a number or a schedule such as { kind: "cosine" } in a configuration')
    const data = gauges.map(({ kind, label, units, slots }) => ({ kind, label, units, slots }))
    return { learningRate: learningRate as number | tf.serialization.ConfigDict, ...rest, gauges: data as unknown as tf.serialization.ConfigDictArray }
  }

  static override fromConfig<T extends tf.serialization.Serializable>(cls: tf.serialization.SerializableConstructor<T>, config: tf.serialization.ConfigDict): T {
    return new cls(config)
  }

  override dispose(): void {
    tf.dispose([...this.state.values()])
    this.state.clear()
    super.dispose()
  }
}
