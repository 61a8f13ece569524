export { acceptFloat64 } from './accept-float64.ts'
export { directionalDerivative } from './directional-derivative.ts'
export { exactData, exactTensor } from './exact-tensor.ts'
export { installTwiceDifferentiableGradients } from './twice-differentiable.ts'
