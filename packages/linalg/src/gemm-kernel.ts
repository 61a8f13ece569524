import { packPanels, stage } from './gemm-pack.ts'
import { blockColumns, blockDepth, blockRows, panelColumns, panelRows } from './gemm-packed.ts'
import type { BlockKernel } from './gemm-packed.ts'
import { multiplyPanels } from './gemm-panels.ts'
import { gemmWasm } from './gemm-wasm.ts'
import type { Operand } from './operand.ts'
import { instantiate } from './wasm.ts'

/** Panels of A, at full depth a quarter of a megabyte, that stay in a core's cache while B passes. */
const cachedPanels = 26
const aLength = blockRows * blockDepth
const bLength = blockColumns * blockDepth
const cLength = blockRows * blockColumns

/** What `assembly/gemm.ts` exports; addresses and strides are bytes. */
export interface GemmExports {
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
  pack(from: number, to: number, width: number, lines: number, depth: number, lineStride: number, stepStride: number): void
}

/** The WebAssembly SIMD kernel, or undefined where the host cannot compile it. */
export function createWasmKernel(): BlockKernel | undefined {
  const exports = instantiate<GemmExports>(gemmWasm)
  return exports && bindWasm(exports)
}

/** The blocks have fixed sizes, so the memory never grows and its views stay attached. */
function bindWasm({ memory, multiply, pack }: GemmExports): BlockKernel {
  const aStart = 0
  const bStart = aStart + 8 * aLength
  const cStart = bStart + 8 * bLength
  const stagedStart = cStart + 8 * cLength
  memory.grow(Math.ceil((stagedStart + 8 * aLength - memory.buffer.byteLength) / 65536))
  const staged = new Float64Array(memory.buffer, stagedStart, aLength)
  const packTo = (start: number, width: number) => (from: Operand, line: number, lines: number, step: number, depth: number) => {
    const { lineStride, stepStride } = stage(staged, from, line, lines, step, depth)
    pack(stagedStart, start, width, lines, depth, 8 * lineStride, 8 * stepStride)
  }
  return {
    c: new Float64Array(memory.buffer, cStart, cLength),
    packA: packTo(aStart, panelRows),
    packB: packTo(bStart, panelColumns),
    multiply: (aPanels, bPanels, depth, ldc, accumulate) => {
      for (let i = 0; i < aPanels; i += cachedPanels) {
        const panels = Math.min(cachedPanels, aPanels - i)
        const row = 8 * panelRows * i
        multiply(aStart + row * depth, bStart, cStart + row * ldc, panels, bPanels, depth, ldc, accumulate)
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
    c,
    packA: (from, line, lines, step, depth) => packPanels(a, panelRows, from, line, lines, step, depth),
    packB: (from, line, lines, step, depth) => packPanels(b, panelColumns, from, line, lines, step, depth),
    multiply: (aPanels, bPanels, depth, ldc, accumulate) => multiplyPanels(a, b, c, aPanels, bPanels, depth, ldc, accumulate),
  }
}

let kernel: BlockKernel | undefined

/** The host's fastest kernel, made on first use. */
export function blockKernel(): BlockKernel {
  return (kernel ??= createWasmKernel() ?? createPlainKernel())
}
