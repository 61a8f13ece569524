import { standardNormals } from '@dead-directions/network'
import { expect, it } from 'vitest'
import { logistic } from '../test/logistic.ts'
import { potentialOf } from './potential.ts'

it('has on batches the energy and gradient of all observations in the mean, and exactly them at w*', async () => {
  const landscape = logistic(12, 3, 1)
  const potential = await potentialOf(landscape, 0.3, 2)
  const point = landscape.centre.map((w, i) => w + standardNormals(7, 3)[i]!)
  const whole = await potential.at(point, null)
  const single = await Promise.all(Array.from({ length: 12 }, (_, i) => potential.at(point, Int32Array.of(i))))
  expect(single.reduce((sum, { energy }) => sum + energy, 0) / 12).toBeCloseTo(whole.energy, 12)
  for (let i = 0; i < 3; i++) expect(single.reduce((sum, { gradient }) => sum + gradient[i]!, 0) / 12).toBeCloseTo(whole.gradient[i]!, 12)
  const [atCentre, ofOne] = [await potential.at(landscape.centre, null), await potential.at(landscape.centre, Int32Array.of(4))]
  expect(ofOne.energy).toBe(0)
  ofOne.gradient.forEach((value, i) => expect(value).toBeCloseTo(atCentre.gradient[i]!, 12))
})

it('counts passes over all observations, with that for w* beside every batch', async () => {
  const potential = await potentialOf(logistic(10, 2, 1), 1, 1)
  expect(potential.passes()).toBe(1)
  await potential.at(Float64Array.of(0, 0), null)
  await potential.at(Float64Array.of(0, 0), Int32Array.of(1, 2, 3))
  expect(potential.passes()).toBeCloseTo(1 + 1 + 2 * 0.3, 12)
})
