// Imported by the commands when they run; this entry point does not load TensorFlow.js.
export { deepLinearNetwork, posteriorPredictions, reducedRankRegression, rlct, singularFluctuation } from '@dead-directions/dead-directions/closed-forms'
