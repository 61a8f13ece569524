import { createGpu, type GpuMode } from '@dead-directions/backend-gpujs'
import { nodeBackend } from '@dead-directions/backend-node'
import type { Backend } from '@dead-directions/registry'
import { referenceValues, runContract, type SuiteResult } from './contract.ts'
import { primitiveCases } from './primitive-cases.ts'
import { readoutCases } from './readout-cases.ts'
import { runSampling } from './sampling.ts'

/** What one place found: results of every backend that runs there, and why others do not. */
export interface Found {
  readonly results: readonly SuiteResult[]
  readonly absent: readonly { readonly backend: string; readonly reason: string }[]
}

/** The whole contract on the float64 reference, on every given backend that can be installed here, and gpu.js in the given modes. */
export async function runBackends(backends: Readonly<Record<string, Backend>>, modes: readonly GpuMode[]): Promise<Found> {
  const cases = [...primitiveCases(), ...readoutCases()]
  const expected = await referenceValues(cases, nodeBackend)
  const results = [...(await runContract(cases, expected, nodeBackend))]
  const absent: { backend: string; reason: string }[] = []
  for (const [name, backend] of Object.entries(backends)) {
    const reason = await backend.install().then(() => null, (error: Error) => error.message)
    if (reason === null) results.push(...(await runContract(cases, expected, backend)))
    else absent.push({ backend: name, reason })
  }
  for (const mode of modes) {
    const reason = await createGpu(mode, 1).then(async gpu => (await gpu.destroy(), null), (error: Error) => error.message)
    if (reason === null) results.push(...(await runSampling(mode)))
    else absent.push({ backend: `gpujs ${mode}`, reason })
  }
  return { results, absent }
}
