export { residual } from './residual.ts'
export { type ResidualSpec, residualSpec } from './spec.ts'
