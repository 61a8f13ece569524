import { expect, test } from 'vitest'
import type { DemoMeta } from './meta-schema.ts'
import { defaultState, queryOf, stateFrom, stepped, valueAt } from './state.ts'

const meta: DemoMeta = {
  name: 'some',
  title: 'Some',
  summary: 'A demo with a control of every kind.',
  rows: 'A1',
  parameters: [
    { kind: 'number', name: 'k', label: 'k', min: 1, max: 4, step: 1, default: 2 },
    { kind: 'number', name: 't', label: 't', min: 1e-4, max: 1, step: 0.5, scale: 'log', default: 1 },
    { kind: 'choice', name: 'shape', label: 'shape', options: [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }], default: 'a' },
    { kind: 'toggle', name: 'bias', label: 'bias', default: false },
    { kind: 'text', name: 'form', label: 'form', default: 'x^2', longest: 9 },
    { kind: 'seed', name: 'seed', label: 'seed', default: 1 },
  ],
  play: { parameter: 't', backwards: true },
}

test('an address carries what differs from the defaults and gives the state back', () => {
  const state = { k: 3, t: 0.01, shape: 'b', bias: true, form: 'x^4+y^2', seed: 9 }
  expect(stateFrom(meta, new URLSearchParams(queryOf(meta, state).toString()))).toEqual({ state, problems: [] })
  expect(queryOf(meta, defaultState(meta)).toString()).toBe('')
})

test.each([
  ['k=9', 'k: got "9", expected a number from 1 to 4'],
  ['t=', 't: got "", expected a number from 0.0001 to 1'],
  ['shape=c', 'shape: got "c", expected one of a, b'],
  ['bias=1', 'bias: got "1", expected true or false'],
  ['form=0123456789', 'form: got "0123456789", expected a text of at most 9 letters'],
  ['seed=-1', 'seed: got "-1", expected a whole number of at most nine digits'],
])('%s is named and left at its default', (query, problem) => {
  expect(stateFrom(meta, new URLSearchParams(query))).toEqual({ state: defaultState(meta), problems: [problem] })
})

test('a slider keeps to its grid and its ends', () => {
  const [k, t] = meta.parameters as [Extract<DemoMeta['parameters'][number], { kind: 'number' }>, Extract<DemoMeta['parameters'][number], { kind: 'number' }>]
  expect([valueAt(k, 2.4), valueAt(k, 99), valueAt(t, -1.4), valueAt(t, -99)]).toEqual([2, 4, 0.0316228, 1e-4])
})

test('steps go along the demo’s own parameter and start again behind its end', () => {
  const walk = [defaultState(meta)]
  for (let i = 0; i < 9; i++) walk.push(stepped(meta, walk.at(-1)!))
  expect(walk.map(({ t }) => t)).toEqual([1, 0.316228, 0.1, 0.0316228, 0.01, 0.00316228, 0.001, 0.000316228, 0.0001, 1])
})
