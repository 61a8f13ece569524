export { BadInput, checked } from './bad-input.ts'
export { checkNetworkDescription, type Likelihood, type NetworkDescription, type NodeDescription } from './network-description.ts'
export type { TensorData } from './tensor-data.ts'
