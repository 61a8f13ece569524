import { exactTensor } from '@dead-directions/dead-directions'
import { kroneckerFactors } from '@dead-directions/kfac'
import { parameterTensors } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import type { Comparison } from './benchmark.ts'
import { forwardBackward, wide, wideNetwork } from './wide-network.ts'

/** What one pass with the Kronecker factors of every layer costs beside a plain forward and backward pass. */
export const kfacPassBenchmark: Comparison = {
  name: 'kfac-pass',
  reference: 'kroneckerFactors',
  rounds: 15,
  prepare: async () => {
    const setting = await wideNetwork(wide)
    const { network, inputs } = setting
    const sample = exactTensor(inputs.data, [inputs.rows, inputs.cols])
    const parameters = parameterTensors(setting.parameters)
    return {
      kroneckerFactors: () => {
        const factors = kroneckerFactors(network, parameters, sample, { kind: 'sampled', seed: 1, draws: 1 })
        tf.dispose(factors.flatMap(({ activation, gradient }) => [activation, gradient]))
      },
      'forward and backward': forwardBackward(setting),
    }
  },
}
