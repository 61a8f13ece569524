import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { compute, type LadderState } from './model.ts'

const state: LadderState = { depth: 3, activation: 'tanh', bias: false, rotation: 0, t: 0.1, seed: 2 }

test.each(['identity', 'tanh', 'gelu', 'relu'] as const)('%s keeps the ladder in every layer', async activation => {
  const { lines } = await compute({ ...state, activation }, unwatched, [])
  expect(lines.map(line => [line.name, agrees(line)])).toEqual(lines.map(({ name }) => [name, true]))
})

test('a bias caps the activation rate of a linear chain at 2', async () => {
  const { rungs } = await compute({ ...state, depth: 4, activation: 'identity', bias: true }, unwatched, [])
  expect(rungs.map(({ activation }) => (activation.kind === 'rate' ? Math.round(activation.rate) : activation.reason))).toEqual([0, 2, 2, 2])
})

test('a rotation leaves a linear chain alone and makes a ReLU chain leak', async () => {
  const linear = await compute({ ...state, activation: 'identity', rotation: 0.4 }, unwatched, [])
  expect(linear.lines.map(agrees)).toEqual(linear.lines.map(() => true))
  const { rungs } = await compute({ ...state, activation: 'relu', rotation: 0.4 }, unwatched, [])
  const last = rungs.at(-1)!.activation
  expect(last.kind === 'rate' && last.rate).toBeLessThan(1)
})
