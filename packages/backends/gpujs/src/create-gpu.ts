import { BadInput } from '@dead-directions/registry'
import { GPU, type IKernelRunShortcut } from 'gpu.js'
import { callSeedOf, streamFunctions, withSeededStreams } from './seeded-streams.ts'

/** Where gpu.js runs a kernel: WebAssembly SIMD with threads, WebGPU compute shaders, or plain JavaScript. */
export type GpuMode = 'webasm' | 'webgpu' | 'cpu'

const modes: readonly GpuMode[] = ['webasm', 'webgpu', 'cpu']

/** A compiled kernel: each call draws new numbers, and the n-th call the same ones whenever its gpu is made anew. */
export type SeededKernel = (...args: readonly (Float32Array | number)[]) => Promise<readonly Float32Array[]>

/** gpu.js in one mode, with a seed. */
export interface SeededGpu {
  readonly mode: GpuMode
  readonly seed: number
  /**
   * Compiles a kernel from the text of a gpu.js kernel function with plain parameters and an unnamed head,
   * `function (a, b) { … }`; `Math.random()` in it is seeded in every mode.
   *
   * @param source what one thread does; it returns a number
   * @param output threads along x and y; a call resolves to y rows of x values in float32
   * @throws Error at the first call when gpu.js would run it in another mode
   */
  kernel(source: string, output: readonly [x: number, y: number]): SeededKernel
  /** Ends the worker threads and frees the kernels. */
  destroy(): Promise<void>
}

/**
 * gpu.js in exactly the mode that was asked for, its random numbers seeded.
 *
 * Every thread of every call draws from one generator, PCG on 32 bits, at a place that seed, call and thread decide. So
 * the same seed gives the same bits in one mode, whatever the number of workers, and the same draws in all of them;
 * modes differ by their arithmetic, float32 in `webasm` and `webgpu`, float64 between float32 arrays in `cpu`.
 *
 * @param mode no other one is tried
 * @param seed whole number from 0 to 2³² - 1
 * @throws BadInput when the mode is unknown or not available here, or the seed is out of range.
 * @example
 * import { createGpu } from '@dead-directions/backend-gpujs'
 *
 * const gpu = await createGpu('webasm', 1)
 * const means = gpu.kernel('function (n) { let sum = 0; for (let i = 0; i < n; i++) { sum += Math.random() } return sum / n }', [4, 1])
 * const [row] = await means(1000) // four means near 1/2
 * await gpu.destroy()
 */
export async function createGpu(mode: GpuMode, seed: number): Promise<SeededGpu> {
  if (!modes.includes(mode)) throw new BadInput('mode', mode, `one of ${modes.join(', ')}`)
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) throw new BadInput('seed', seed, 'a whole number from 0 to 4294967295')
  await checkAvailable(mode)
  const gpu = new GPU({ mode })
  if (mode === 'cpu') provideStreams(gpu)
  return {
    mode,
    seed,
    kernel: (source, output) => {
      // gpu.js ends every loop after 1000 rounds, without a word, where it is not told otherwise.
      const settings = { output: [...output], precision: 'single', loopMaxIterations: 2 ** 24, asyncMode: mode === 'webasm', randomSeed: mode === 'cpu' ? null : seed }
      const kernel = gpu.createKernel(mode === 'cpu' ? withSeededStreams(source) : source, settings as object)
      return seededCalls(kernel, mode, seed)
    },
    destroy: () => gpu.destroy(),
  }
}

async function checkAvailable(mode: GpuMode): Promise<void> {
  if (mode === 'webgpu' && !(await GPU.isWebGPUAvailable())) throw new BadInput('mode', mode, 'webasm or cpu, since no WebGPU adapter answers here')
  if (mode === 'webasm' && !GPU.isWebAssemblySupported) throw new BadInput('mode', mode, 'cpu, since WebAssembly is not supported here')
}

/** The generator of the other modes, which gpu.js lacks in its cpu mode. */
function provideStreams(gpu: GPU): void {
  // gpu.js types neither: injected source stands before the kernel, the names tell its type inference what they return.
  const typed = gpu as unknown as { injectNative(source: string): void; addNativeFunction(name: string, source: string, settings: { returnType: string }): void }
  typed.injectNative(Object.values(streamFunctions).join('\n'))
  for (const name of Object.keys(streamFunctions)) typed.addNativeFunction(name, '', { returnType: 'Number' })
}

function seededCalls(kernel: IKernelRunShortcut, mode: GpuMode, seed: number): SeededKernel {
  const run = kernel as unknown as { (...args: readonly unknown[]): unknown; setRandomSeed(seed: number): void; kernel: { constructor: { mode?: string }; fallbackReason?: string | null } }
  let calls = 0
  return async (...args) => {
    const callSeed = callSeedOf(seed, calls++)
    if (mode !== 'cpu') run.setRandomSeed(callSeed)
    const result = await (mode === 'cpu' ? run(...args, callSeed) : run(...args))
    const ran = run.kernel.constructor.mode
    if (ran !== mode) throw new Error(`mode: ${mode} was asked for and gpu.js ran ${String(ran)}: ${run.kernel.fallbackReason ?? 'no reason given'}`)
    return result as Float32Array[]
  }
}
