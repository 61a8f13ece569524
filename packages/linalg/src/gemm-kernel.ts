import { blockColumns, blockDepth, blockRows } from './gemm-packed.ts'
import type { BlockKernel } from './gemm-packed.ts'
import { multiplyPanels } from './gemm-panels.ts'
import { gemmWasm } from './gemm-wasm.ts'
import { instantiate } from './wasm.ts'

/** Panels of A, at full depth a quarter of a megabyte, that stay in a core's cache while B passes. */
const cachedPanels = 32
const aLength = blockRows * blockDepth
const bLength = blockColumns * blockDepth
const cLength = blockRows * blockColumns

interface GemmExports {
  readonly memory: WebAssembly.Memory
  multiply(
    a: number,
    b: number,
    c: number,
    aPanels: number,
    bPanels: number,
    depth: number,
    ldc: number,
    accumulate: boolean,
  ): void
}

/** The WebAssembly SIMD kernel, or undefined where the host cannot compile it. */
export function createWasmKernel(): BlockKernel | undefined {
  const exports = instantiate<GemmExports>(gemmWasm)
  return exports && bindWasm(exports)
}

/** The blocks have fixed sizes, so the memory never grows and its views stay attached. */
function bindWasm({ memory, multiply }: GemmExports): BlockKernel {
  const aStart = 0
  const bStart = aStart + 8 * aLength
  const cStart = bStart + 8 * bLength
  memory.grow(Math.ceil((cStart + 8 * cLength - memory.buffer.byteLength) / 65536))
  return {
    a: new Float64Array(memory.buffer, aStart, aLength),
    b: new Float64Array(memory.buffer, bStart, bLength),
    c: new Float64Array(memory.buffer, cStart, cLength),
    multiply: (aPanels, bPanels, depth, accumulate) => {
      for (let i = 0; i < aPanels; i += cachedPanels) {
        const panels = Math.min(cachedPanels, aPanels - i)
        const cBlock = cStart + 8 * 4 * i * blockColumns
        multiply(aStart + 8 * 4 * i * depth, bStart, cBlock, panels, bPanels, depth, blockColumns, accumulate)
      }
    },
  }
}

/** The same kernel in plain TypeScript, with the same bits in every result. */
export function createPlainKernel(): BlockKernel {
  const a = new Float64Array(aLength)
  const b = new Float64Array(bLength)
  const c = new Float64Array(cLength)
  return {
    a,
    b,
    c,
    multiply: (aPanels, bPanels, depth, accumulate) =>
      multiplyPanels(a, b, c, aPanels, bPanels, depth, blockColumns, accumulate),
  }
}

let kernel: BlockKernel | undefined

/** The host's fastest kernel, made on first use. */
export function blockKernel(): BlockKernel {
  return (kernel ??= createWasmKernel() ?? createPlainKernel())
}
