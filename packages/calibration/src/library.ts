import type { ReducedRankShape } from '@dead-directions/selection-rule'
import type { KnownAnswer } from './model.ts'
import { deepLinear, reducedRank } from './models/linear-networks.ts'
import { gaussianMixtures } from './models/mixtures.ts'
import { additiveForm, crossingForm, powersForm } from './models/normal-forms.ts'
import { smallPolynomials } from './models/small-polynomials.ts'
import { tanhAtZero, tanhStudents } from './models/tanh-networks.ts'

const reducedRankShapes: readonly (readonly [inputs: number, hidden: number, outputs: number, rank: number])[] = [
  [1, 1, 1, 0],
  [2, 2, 2, 0],
  [2, 2, 2, 1],
  [3, 2, 3, 0],
  [4, 2, 3, 0],
  [4, 3, 4, 1],
  [5, 3, 5, 0],
  [5, 3, 5, 2],
  [6, 4, 2, 1],
  [4, 3, 8, 0],
  [3, 8, 4, 0],
  [10, 3, 10, 3],
]

const deepLinearShapes: readonly (readonly [sizes: readonly number[], rank: number])[] = [
  [[2, 2, 2, 2], 0],
  [[2, 2, 2, 2], 1],
  [[5, 5, 5, 5], 0],
  [[5, 5, 5, 5], 2],
  [[5, 4, 3, 4, 5], 0],
  [[5, 4, 3, 4, 5], 2],
  [[10, 4, 6, 8], 3],
  [[1, 1, 1], 0],
  [[1, 1, 1, 1], 0],
  [[1, 1, 1, 1], 1],
]

/**
 * Every built-in model with known λ and m, in the order of their families; further ones come from the families' functions.
 *
 * @example
 * import { knownAnswers } from '@dead-directions/calibration'
 *
 * knownAnswers().find(({ name }) => name === 'rrr-5-3-5-2')?.exact // λ = 19/2, m = 2
 */
export function knownAnswers(): readonly KnownAnswer[] {
  return [
    ...smallPolynomials(),
    ...[[6, 4], [4, 2], [3, 5]].map(powersForm),
    additiveForm({ orders: [2], regular: 2 }),
    additiveForm({ orders: [2, 3], regular: 1 }),
    additiveForm({ orders: [2], regular: 1, priorOrders: [1] }),
    crossingForm({ orders: [2, 2] }),
    crossingForm({ orders: [1, 2], priorOrders: [0, 1] }),
    crossingForm({ orders: [1, 1, 2], priorOrders: [2, 0, 0] }),
    ...gaussianMixtures(),
    ...[1, 2, 3, 4].map(tanhAtZero),
    ...tanhStudents(),
    ...reducedRankShapes.map(([inputs, hidden, outputs, rank]): ReducedRankShape => ({ inputs, hidden, outputs, rank })).map(reducedRank),
    ...deepLinearShapes.map(([sizes, rank]) => deepLinear(sizes, rank)),
  ]
}

/**
 * The models of the given names or families, in the order of the library.
 *
 * @param asked names such as `rrr-4-3-4-1` or families such as `rrr`; all models where not given
 * @throws RangeError naming the first that is neither
 * @example
 * import { chosenModels } from '@dead-directions/calibration'
 *
 * chosenModels(['chain', 'tanh-2']).length // 4
 */
export function chosenModels(asked?: readonly string[]): readonly KnownAnswer[] {
  const models = knownAnswers()
  if (asked === undefined) return models
  const unknown = asked.find(word => !models.some(({ name, family }) => word === name || word === family))
  if (unknown !== undefined) {
    throw new RangeError(`models: got ${JSON.stringify(unknown)}, expected a model's name or one of the families ${[...new Set(models.map(({ family }) => family))].join(', ')}`)
  }
  return models.filter(({ name, family }) => asked.includes(name) || asked.includes(family))
}
