import type * as tf from '@tensorflow/tfjs'
import type { Type } from 'arktype'
import type { Approach } from './approach.ts'
import type { GaugeDeclaration, Writers } from './gauge-declaration.ts'
import type { NetworkDescription } from './network-description.ts'
import type { RateRule } from './rate-rule.ts'
import type { TensorData } from './tensor-data.ts'

/** A parameter's shape and how a fresh one is drawn. */
export interface ParameterSpec {
  readonly shape: readonly number[]
  /** Standard deviation of independent normals, or one constant. */
  readonly initial: { readonly normal: number } | { readonly constant: number }
}

/** What a forward pass may call on its surroundings. */
export interface Scope {
  /**
   * `input · weightᵀ + bias`, seen by every reading of the network as one layer.
   *
   * @param name the layer's name inside its node; empty when the node is one layer
   * @param weight `[out, in]`
   * @param input `[..., in]`
   * @param bias `[out]`
   * @returns `[..., out]`
   */
  linear(name: string, weight: tf.Tensor2D, input: tf.Tensor, bias?: tf.Tensor1D): tf.Tensor
}

/** What an elementwise map does at and around zero, which is all that rates and degenerations need of it. */
export interface ActivationFacts {
  readonly name: string
  /** `homogeneous`: `φ(cx) = cφ(x)` for `c > 0`. */
  readonly symmetry: 'linear' | 'odd' | 'homogeneous' | 'none'
  readonly valueAtZero: number
  /** For a homogeneous map, the slope of its open side. */
  readonly slopeAtZero: number
}

/** One affine map of a {@link Architecture.chain}: parameter names without the node's, and the map applied to its output. */
export interface AffineMap {
  readonly layer: string
  readonly weight: string
  readonly bias: string | null
  readonly activation: ActivationFacts
}

/**
 * An architecture primitive: everything the other packages ask of one kind of node.
 * All maps and shapes are per sample; tensors carry the sample axis first.
 */
export interface Architecture<spec = unknown> {
  readonly kind: 'architecture'
  readonly name: string
  /** Schema of the configuration. */
  readonly spec: Type<spec>
  /** The output's shape without the sample axis; throws `BadInput` when the inputs do not fit. */
  outputShape(spec: spec, inputs: readonly (readonly number[])[]): readonly number[]
  parameters(spec: spec): Readonly<Record<string, ParameterSpec>>
  forward(scope: Scope, spec: spec, parameters: Readonly<Record<string, tf.Tensor>>, inputs: readonly tf.Tensor[]): tf.Tensor
  /** How the dead channel of {@link canonicalApproach} scales (arXiv 2606.05957, row C8). */
  rate(spec: spec): RateRule
  /** Parameters on the path that {@link rate} speaks of, at `t > 0`. */
  canonicalApproach(spec: spec, t: number): Readonly<Record<string, TensorData>>
  /** Index of the channel that dies on the canonical approach, in the output; -1 is the last. */
  deadChannel(spec: spec): number
  /** A small configuration that takes and gives `width` features, so that nodes of it make a chain. */
  example(width: number): spec
  /** Networks on which the rule is to be measured, beside a chain of examples. */
  probes?(width: number): readonly ProbeStudy[]
  /** The affine maps in order, when the primitive is nothing but a chain of them: degenerations are then found across nodes. */
  chain?(spec: spec): readonly AffineMap[]
  /** Degenerations near the given parameters that {@link chain} does not show; parameters and layers by the primitive's own names. */
  approaches?(spec: spec, parameters: Readonly<Record<string, TensorData>>): readonly Approach[]
  /** Groups that act on its parameters and leave its output unchanged, beside those that {@link chain} shows. */
  gauges?(spec: spec): readonly GaugeDeclaration[]
  /**
   * Weights through whose columns alone the one input is seen, so that a map of its features can be undone in them. With
   * {@link writers} of what stands before, gauges across nodes are found. Not needed beside {@link chain}.
   */
  readers?(spec: spec): readonly string[]
  /** What makes the features of the output: acting on these rows acts on the output alike. Not needed beside {@link chain}. */
  writers?(spec: spec): Writers
  /** Directions over the output's features in which its centred covariance is exactly zero for any input. */
  kernels?(spec: spec, parameters: Readonly<Record<string, TensorData>>): readonly Kernel[]
}

/** A direction that an output never varies in, whatever the input. */
export interface Kernel {
  readonly label: string
  /** Unit vector over the output's features. */
  readonly direction: Float64Array
}

/** A network on which rates are predicted and measured, on the canonical approach of all its nodes. */
export interface ProbeStudy {
  readonly title: string
  readonly network: NetworkDescription
  /** The inputs are whole numbers below this; normals where not given. */
  readonly tokens?: number
  /** Largest difference between predicted and measured rate; 0.05 where not given. */
  readonly tolerance?: number
}

/**
 * The plugin as it was written, its specification type kept.
 *
 * @example
 * import { defineArchitecture } from '@dead-directions/registry'
 * import * as tf from '@tensorflow/tfjs'
 * import { type } from 'arktype'
 *
 * const doubled = defineArchitecture<{ width: number }>({
 *   kind: 'architecture',
 *   name: 'doubled',
 *   spec: type({ width: 'number.integer >= 1' }),
 *   outputShape: ({ width }) => [width],
 *   parameters: () => ({}),
 *   forward: (_scope, _spec, _parameters, [input]) => tf.mul(input as tf.Tensor, tf.scalar(2)),
 *   rate: () => ({ forward: { rate: 0, coefficient: 2 }, backward: { rate: 0, coefficient: 2 }, composition: { kind: 'additive' } }),
 *   canonicalApproach: () => ({}),
 *   deadChannel: ({ width }) => width - 1,
 *   example: width => ({ width }),
 * })
 * doubled.name // 'doubled'
 */
export function defineArchitecture<spec>(architecture: Architecture<spec>): Architecture<spec> {
  return architecture
}
