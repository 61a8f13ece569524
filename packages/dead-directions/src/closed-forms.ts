export { deepLinearNetwork, type Invariants, reducedRankRegression, singularFluctuation } from '@dead-directions/selection-rule/closed-forms'
