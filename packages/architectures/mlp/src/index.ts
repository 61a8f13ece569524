export { type Activation, type ActivationName, activations } from './activation.ts'
export { biasCap, type FiniteCurve, rotationLeak } from './finite-t.ts'
export { mlp } from './mlp.ts'
export { type MlpLayer, mlpLayers, type MlpSpec, mlpSpec } from './spec.ts'
