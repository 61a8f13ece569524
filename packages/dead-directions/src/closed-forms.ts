export { deepLinearNetwork, type Invariants, reducedRankRegression, rlct, singularFluctuation } from '@dead-directions/selection-rule/closed-forms'
