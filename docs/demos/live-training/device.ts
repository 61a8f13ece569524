import { float64 } from '../shell/float64.ts'

/** The backend that computes, and why not the one asked for. */
export interface Device {
  readonly precision: 'float64' | 'float32'
  readonly instead: string | null
}

/** Makes WebGPU active where it is asked for and there; float64 on the CPU otherwise. */
export async function installDevice(asked: 'cpu' | 'webgpu'): Promise<Device> {
  if (asked === 'webgpu') {
    const { webgpuBackend } = await import('@dead-directions/backend-webgpu')
    const reason = await webgpuBackend().install().then(() => null, (error: Error) => error.message)
    if (reason === null) return { precision: 'float32', instead: null }
    await float64()
    return { precision: 'float64', instead: `No WebGPU here (${reason}): computed in float64 on the CPU instead.` }
  }
  await float64()
  return { precision: 'float64', instead: null }
}
