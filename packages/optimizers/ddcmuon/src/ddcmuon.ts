import { DDCAdam, type DDCAdamOptions, type Direction, stateOf } from '@dead-directions/ddcadam'
import * as tf from '@tensorflow/tfjs'
import { newtonSchulz } from './newton-schulz.ts'

/** What {@link DDCMuon} is made of: DDCAdam's options, whose moments serve lengths and vectors, and a momentum for matrices. */
export interface DDCMuonOptions extends DDCAdamOptions {
  /** Default 0.95. */
  readonly momentum?: number
}

/**
 * Muon in coordinates that gauges leave alone. A matrix steps along its orthogonalised Nesterov momentum, taken of the gradient
 * tangential to its block and times its scale; lengths step by a scalar Adam, as in DDCAdam, and so do vectors. Rotations
 * compose exactly, since orthogonalising commutes with them.
 * Source: arXiv 2606.29176; arXiv 2606.05957, row E; Jordan et al. 2024, "Muon".
 *
 * @throws RangeError for gauges that it cannot compose, naming them
 * @example
 * import { DDCMuon } from '@dead-directions/ddcmuon'
 * import { findGauges } from '@dead-directions/quotient'
 * import * as tf from '@tensorflow/tfjs'
 *
 * const model = tf.sequential({ layers: [
 *   tf.layers.dense({ inputShape: [4], units: 8, activation: 'relu' }),
 *   tf.layers.dense({ units: 1 }),
 * ] })
 * model.compile({ optimizer: new DDCMuon({ learningRate: 0.01, gauges: findGauges(model) }), loss: 'meanSquaredError' })
 */
export class DDCMuon extends DDCAdam {
  static override get className(): string {
    return 'DDCMuon'
  }

  private readonly momentum: number

  constructor({ momentum = 0.95, ...options }: DDCMuonOptions) {
    super(options)
    this.momentum = momentum
  }

  protected override direction(name: string, gradient: tf.Tensor): Direction {
    if (gradient.rank !== 2) return super.direction(name, gradient)
    const momentum = stateOf(this.state, `${name}/momentum`, gradient.shape)
    momentum.assign(tf.add(tf.mul(momentum, this.momentum), gradient))
    return { tensor: newtonSchulz(tf.add(gradient, tf.mul(momentum, this.momentum)) as tf.Tensor2D), factor: 1 }
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), momentum: this.momentum }
  }
}
