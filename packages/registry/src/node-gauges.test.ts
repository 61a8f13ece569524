import { expect, test } from 'vitest'
import type { ActivationFacts, Architecture } from './architecture.ts'
import { gaugesOf, kindsBehind, readersOf, writersOf } from './node-gauges.ts'

const facts = (symmetry: ActivationFacts['symmetry']): ActivationFacts => ({ name: symmetry, symmetry, valueAtZero: 0, slopeAtZero: 1 })
const plain = { parameters: () => ({ up: { shape: [3, 2], initial: { constant: 0 } }, down: { shape: [2, 3], initial: { constant: 0 } } }) } as unknown as Architecture
const chained: Architecture = {
  ...plain,
  chain: () => [
    { layer: 'up', weight: 'up', bias: 'shift', activation: facts('homogeneous') },
    { layer: 'down', weight: 'down', bias: null, activation: facts('odd') },
  ],
}

test('a positive scale passes a homogeneous map, a sign an odd one, any map a linear one and an exchange of units all', () => {
  expect(kindsBehind(facts('linear'))).toEqual(['general-linear'])
  expect(kindsBehind(facts('homogeneous'))).toEqual(['rescaling', 'permutation'])
  expect(kindsBehind(facts('odd'))).toEqual(['sign', 'permutation'])
  expect(kindsBehind(facts('none'))).toEqual(['permutation'])
})

test('a chain has its gauges for nothing, and keeps those that it declares beside them', () => {
  const own = { kind: 'translation', rows: ['shift'], columns: [], units: 3 } as const
  const between = { rows: ['up', 'shift'], columns: ['down'], units: 3 }
  expect(gaugesOf({ ...chained, gauges: () => [own] }, {})).toEqual([{ kind: 'rescaling', ...between }, { kind: 'permutation', ...between }, own])
  expect(gaugesOf(plain, {})).toEqual([])
})

test('a chain reads by its first map and writes by its last, as far as what follows that one lets pass', () => {
  expect(readersOf(chained, {})).toEqual(['up'])
  expect(writersOf(chained, {})).toEqual({ rows: ['down'], kinds: ['sign', 'permutation'] })
  expect([readersOf(plain, {}), writersOf(plain, {})]).toEqual([[], { rows: [], kinds: [] }])
  const declaring: Architecture = { ...plain, readers: () => ['up'], writers: () => ({ rows: ['down'], kinds: ['rescaling'] }) }
  expect([readersOf(declaring, {}), writersOf(declaring, {})]).toEqual([['up'], { rows: ['down'], kinds: ['rescaling'] }])
})
