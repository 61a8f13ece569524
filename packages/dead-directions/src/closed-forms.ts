export { deepLinearNetwork, type Invariants, posteriorPredictions, reducedRankRegression, rlct, singularFluctuation } from '@dead-directions/selection-rule/closed-forms'
export { fitVolumeLaw, type VolumeLaw, type VolumeLawRefusal, volumeTerms } from '@dead-directions/selection-rule/closed-forms'
