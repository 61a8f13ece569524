import { type Type, type } from 'arktype'
import { type ActivationName, activations } from './activation.ts'

/** Configuration of a multilayer perceptron. */
export interface MlpSpec {
  /** Input width, hidden widths, output width. */
  readonly widths: readonly number[]
  /** One elementwise map behind every hidden layer, or one per layer, the output layer's included. */
  readonly activation: ActivationName | readonly ActivationName[]
  /** For all layers, or one per layer. Default `false`. */
  readonly bias?: boolean | readonly boolean[]
}

/** One affine map of a perceptron, with what follows it. */
export interface MlpLayer {
  readonly name: string
  readonly in: number
  readonly out: number
  readonly bias: boolean
  readonly activation: ActivationName
}

const activationName = type.enumerated(...Object.keys(activations))

/** Schema of {@link MlpSpec}. */
export const mlpSpec: Type<MlpSpec> = type({
  '+': 'reject',
  widths: type('number.integer >= 1').array().atLeastLength(2),
  activation: activationName.or(activationName.array()),
  'bias?': type('boolean').or(type('boolean').array()),
}).narrow((spec, context) => {
  const layers = spec.widths.length - 1
  for (const key of ['activation', 'bias'] as const) {
    const value = spec[key]
    if (Array.isArray(value) && value.length !== layers) {
      return context.reject({ expected: `one entry for each of ${layers} layers`, path: [key] })
    }
  }
  return true
}) as unknown as Type<MlpSpec>

/** The perceptron's layers in order. */
export function mlpLayers(spec: MlpSpec): readonly MlpLayer[] {
  const last = spec.widths.length - 2
  return spec.widths.slice(1).map((out, i) => ({
    name: `fc${i + 1}`,
    in: spec.widths[i] as number,
    out,
    bias: typeof spec.bias === 'object' ? (spec.bias[i] as boolean) : (spec.bias ?? false),
    activation: typeof spec.activation === 'object' ? (spec.activation[i] as ActivationName) : i === last ? 'identity' : spec.activation,
  }))
}
