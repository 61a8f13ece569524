import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** In a process of its own, since what WebGPU finds depends on the environment it starts in. */
function installed(prelude: string): string {
  const source = `
    ${prelude}
    const { webgpuBackend } = await import('@dead-directions/backend-webgpu')
    const reason = await webgpuBackend().install().then(() => 'installed', error => error.name + ': ' + error.message)
    process.stdout.write('outcome ' + reason, () => process.exit(0))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--conditions=@dead-directions/source', '--input-type=module', '--eval', source], { cwd: import.meta.dirname, encoding: 'utf8' })
  return /outcome (.*)/s.exec(stdout)?.[1] ?? stderr
}

const offer = (gpu: string): string => `Object.defineProperty(globalThis.navigator, 'gpu', { value: ${gpu}, configurable: true })`

test('no adapter is one clear line, and nothing else is installed', () => {
  expect(installed(offer('{ requestAdapter: async () => null }'))).toBe('BadInput: webgpu backend: got "no adapter", expected a graphics driver that WebGPU can use')
})

test('an adapter that TensorFlow.js cannot use is refused', () => {
  const useless = '{ requestAdapter: async () => ({ features: new Set(), limits: {}, requestDevice: async () => { throw new Error("lost") } }) }'
  expect(installed(offer(useless))).toBe('BadInput: webgpu backend: got "an adapter that TensorFlow.js cannot use", expected a WebGPU device')
})
