import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { read64, expectClose, installed, law, samples } from '../../test/law.ts'

installed()

/** The Einstein sum by its definition: one loop over all labels. */
function definition(equation: string, operands: tf.Tensor[]): number[] {
  const [inputs, output] = equation.split('->') as [string, string]
  const terms = inputs.split(',')
  const length = new Map<string, number>()
  terms.forEach((term, i) => [...term].forEach((label, axis) => length.set(label, operands[i]!.shape[axis]!)))
  const labels = [...new Set(output + terms.join(''))]
  const place = (term: string, index: Map<string, number>): number =>
    [...term].reduce((sum, label) => sum * length.get(label)! + index.get(label)!, 0)
  const values = operands.map(read64)
  const result = new Array<number>([...output].reduce((size, label) => size * length.get(label)!, 1)).fill(0)
  const total = labels.reduce((size, label) => size * length.get(label)!, 1)
  for (let k = 0; k < total; k++) {
    const index = new Map<string, number>()
    labels.reduceRight((rest, label) => (index.set(label, rest % length.get(label)!), Math.floor(rest / length.get(label)!)), k)
    result[place(output, index)]! += terms.reduce((product, term, i) => product * values[i]![place(term, index)]!, 1)
  }
  return result
}

law('Einstein sums agree with their definition', () => {
  const cases: [string, ...number[][]][] = [
    ['ij,jk->ik', [2, 3], [3, 4]],
    ['bhqd,bhkd->bhqk', [2, 2, 3, 4], [2, 2, 5, 4]],
    ['bhqk,bkhd->bqhd', [2, 2, 3, 4], [2, 4, 2, 3]],
    ['i,j->ji', [3], [4]],
    ['ij,k->j', [2, 3], [4]],
    ['ijk,ik->j', [2, 3, 4], [2, 4]],
    ['ij->ji', [2, 3]],
    ['ijk->k', [2, 3, 4]],
    ['ij,ij->', [2, 3], [2, 3]],
  ]
  for (const [equation, ...shapes] of cases) {
    const operands = shapes.map((shape, i) => samples(shape, i + 1))
    expectClose(tf.einsum(equation, ...operands), definition(equation, operands))
  }
})

law('lengths that disagree are refused', () => {
  expect(() => tf.einsum('ij,jk->ik', tf.zeros([2, 3]), tf.zeros([2, 3]))).toThrow(/Expected dimension 3/)
})
