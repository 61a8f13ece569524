export type { Approach, ApproachMember } from './approach.ts'
export {
  type ActivationFacts,
  type AffineMap,
  type Architecture,
  defineArchitecture,
  type Kernel,
  type ParameterSpec,
  type ProbeStudy,
  type Scope,
} from './architecture.ts'
export { type Backend, defineBackend } from './backend.ts'
export { BadInput, checked } from './bad-input.ts'
export { installFirst } from './install-first.ts'
export type { GaugeDeclaration, GaugeKind, UnitBlock, Writers } from './gauge-declaration.ts'
export { checkNetworkDescription, type Likelihood, type NetworkDescription, type NodeDescription } from './network-description.ts'
export { gaugesOf, kindsBehind, readersOf, writersOf } from './node-gauges.ts'
export type { Composition, Power, RateRule } from './rate-rule.ts'
export { createRegistry, type Plugin, type Registry } from './registry.ts'
export type { TensorData } from './tensor-data.ts'
