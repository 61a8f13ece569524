export { directionalDerivative, exactData, exactTensor } from '@dead-directions/autodiff'
export { attention, type AttentionSpec } from '@dead-directions/arch-attention'
export { embedding, type EmbeddingSpec } from '@dead-directions/arch-embedding'
export { crossovers, finiteSlope, layernorm, type LayerNormSpec, leakAmplitude, normalisationKernel } from '@dead-directions/arch-layernorm'
export { linear, type LinearSpec } from '@dead-directions/arch-linear'
export { type ActivationName, mlp, type MlpSpec } from '@dead-directions/arch-mlp'
export { residual, type ResidualSpec } from '@dead-directions/arch-residual'
export { rmsnorm, type RmsNormSpec } from '@dead-directions/arch-rmsnorm'
export { softmaxHead, type SoftmaxHeadSpec } from '@dead-directions/arch-softmax-head'
export { swiglu, type SwigluSpec } from '@dead-directions/arch-swiglu'
export { transformerBlock, type TransformerBlockSpec } from '@dead-directions/arch-transformer'
export { nodeBackend } from '@dead-directions/backend-node'
export { wasmBackend } from '@dead-directions/backend-wasm'
export { webgpuBackend } from '@dead-directions/backend-webgpu'
export { readCheckpoint, readInputs, writeCheckpoint, writeLayersModel, writeNpy } from '@dead-directions/checkpoint'
export { chainForm, chainOf, conformance, type KernelReading, probe, type ProbedStudy, type ProbeRow, probeStudy, registerConformanceTest, type Roundup, roundup, studiesOf } from '@dead-directions/conformance'
export { DDCAdam } from '@dead-directions/ddcadam'
export { DDCMuon } from '@dead-directions/ddcmuon'
export { checkEquivariance, findGauges, type Gauge } from '@dead-directions/quotient'
export { fitLeadingRate, geometricGrid, type LeadingRate, type RateFit, type RateRefusal } from '@dead-directions/core-geometry'
export { canonicalLadder, factorSpectra, kroneckerFactors, layerData, perSampleGradients } from '@dead-directions/kfac'
export { type Matrix, matrix, singularValues, svd } from '@dead-directions/linalg'
export { along, buildNetwork, canonicalApproach, checkParameters, findApproaches, forward, initialParameters, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
export { readout, type ReadoutOptions, readTrajectory, type Report } from '@dead-directions/readout'
export {
  type Architecture,
  type Backend,
  BadInput,
  createRegistry,
  defineArchitecture,
  defineBackend,
  installFirst,
  type NetworkDescription,
  type Registry,
  type TensorData,
} from '@dead-directions/registry'
export {
  crossing,
  deepLinearNetwork,
  type Invariants,
  reducedRankRegression,
  rlct,
  singularFluctuation,
  smoothFibre,
} from '@dead-directions/selection-rule'
export {
  calibrateStepSize,
  drawTargets,
  type LlcEstimate,
  type LlcOptions,
  type LlcRefusal,
  localLearningCoefficient,
  networkLandscape,
  tensorLandscape,
} from '@dead-directions/llc'
export { countDeadDirections, layerSignature, type LayerSignature, normalisationsOf, verifyLayerNormKernel } from '@dead-directions/signatures'
export { createTask, deepLinear, modularAddition, type Task, teacherStudent, train, type TrainingOptions, type TrainingStep } from '@dead-directions/training'
export { loadCheckpoint, type LoadedCheckpoint } from './load-checkpoint.ts'
export { presetRegistry } from './preset-registry.ts'
export { probePage } from './probe-page.ts'
export { reportPage } from './report-page.ts'
