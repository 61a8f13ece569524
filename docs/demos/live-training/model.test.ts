import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { defaultState } from '../shell/state.ts'
import { meta } from './meta.ts'
import { compute, type TrainingState } from './model.ts'

const state: TrainingState = { task: 'sum', steps: 100, modulus: 5, hidden: 24, decay: 0.02, optimizer: 'momentum', device: 'cpu', seed: 2 }

const initial = defaultState(meta)

test('the unseen direction shrinks exactly as the decay says, while the training set is learnt', async () => {
  const { lines, snapshots } = await compute({ ...state, steps: 200 }, unwatched, [])
  expect(agrees(lines[0]!)).toBe(true)
  const [first, last] = [snapshots[0]!, snapshots.at(-1)!]
  expect(first.loss).toBeGreaterThan(last.loss)
  expect(last.trained).toBe(1)
  expect(last.spectrum.at(-1)! / first.spectrum.at(-1)!).toBeLessThan(0.6)
})

test('what is learnt of the carry holds for pairs that were held out, better than its commoner answer', async () => {
  const { lines, snapshots } = await compute({ ...state, ...initial } as TrainingState, unwatched, [])
  expect(agrees(lines[0]!)).toBe(true)
  expect(snapshots[0]!.heldOut).toBeLessThan(0.7)
  expect(snapshots.at(-1)!.heldOut).toBeGreaterThan(0.85)
  // One direction is left to the decay and leaves what a readout calls a gap, a factor 10, under those that answers use.
  const [before, after] = [snapshots[0]!, snapshots.at(-1)!].map(({ spectrum }) => spectrum.at(-2)! / spectrum.at(-1)!) as [number, number]
  expect(before).toBeLessThan(10)
  expect(after).toBeGreaterThan(10)
})

test('more steps go on where the last ended, to the same point as all at once', async () => {
  await compute({ ...state, steps: 40 }, unwatched, [])
  const continued = await compute(state, unwatched, [])
  await compute({ ...state, seed: 3, steps: 0 }, unwatched, [])
  const once = await compute(state, unwatched, [])
  expect(continued.snapshots.map(({ loss }) => loss)).toEqual(once.snapshots.map(({ loss }) => loss))
})

test('without WebGPU it computes in float64 and says so', async () => {
  const { notes } = await compute({ ...state, steps: 0, device: 'webgpu' }, unwatched, [])
  expect(notes?.[0]).toMatch(/^(No WebGPU here .*float64 on the CPU instead\.|Computed in float32)/)
})
