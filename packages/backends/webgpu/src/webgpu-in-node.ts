/**
 * Puts the package `webgpu` where a browser has WebGPU.
 *
 * @returns what `navigator.gpu` then is, or undefined outside Node and where the package is not installed or does not load
 */
export async function offerWebgpuInNode(): Promise<unknown> {
  if (typeof process === 'undefined' || process.versions?.node === undefined) return undefined
  const dawn = await import('webgpu').catch(() => undefined)
  if (dawn === undefined) return undefined
  Object.assign(globalThis, dawn.globals)
  const gpu = dawn.create([])
  if (globalThis.navigator === undefined) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true })
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true })
  return gpu
}
