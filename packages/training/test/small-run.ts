import { nodeBackend } from '@dead-directions/backend-node'
import { modularAddition } from '../src/index.ts'
import { type RunOptions, trainInFolder } from '../src/node.ts'
import { primitives } from './primitives.ts'

/** A small transformer with gauges of every kind that optimizers know. */
export function smallRun(folder: string): RunOptions {
  return {
    folder,
    task: modularAddition({ modulus: 7, width: 8, heads: 2, batchSize: 8, seed: 3 }),
    registry: primitives,
    optimizer: { name: 'ddcadam', learningRate: 0.01 },
    seed: 5,
    steps: 28,
    checkpointEvery: 6,
    validateEvery: 10,
  }
}

// As a program: trains in the folder of its first argument and says each step.
const [, program, folder] = process.argv
if (program === import.meta.filename && folder !== undefined) {
  await nodeBackend.install()
  for await (const { step } of trainInFolder(smallRun(folder))) process.stdout.write(`${step}\n`)
}
