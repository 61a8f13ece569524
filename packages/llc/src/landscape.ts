/** A mean loss and its gradient at one point. */
export interface Evaluation {
  /** Mean negative log-likelihood per observation, in nats, up to a constant. */
  readonly loss: number
  readonly gradient: Float64Array
}

/**
 * What a learning coefficient is sampled on: a loss over a flat list of parameters, around the point it is asked about.
 *
 * A closed form is such a value as it stands; `tensorLandscape` and `networkLandscape` make one of a TensorFlow.js loss and of
 * a network with its data.
 */
export interface Landscape {
  /** The point w* that the coefficient belongs to. */
  readonly centre: Float64Array
  /** Number of observations n that the loss is the mean over. */
  readonly observations: number
  /** Mean loss and gradient at `point`, over the observations with these indices or, for `null`, over all. */
  evaluate(point: Float64Array, batch: Int32Array | null): Evaluation | Promise<Evaluation>
  /** The loss of every observation at `point`; without it there is no singular fluctuation and no batch. */
  readonly losses?: (point: Float64Array) => Float64Array | Promise<Float64Array>
}
