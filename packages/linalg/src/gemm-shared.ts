import { blockDepth, panelColumns, panelRows } from './gemm-packed.ts'
import type { GemmExports } from './gemm-kernel.ts'
import { packPanels } from './gemm-pack.ts'
import { type Plan, planOf } from './gemm-round.ts'
import type { Operand } from './operand.ts'

/** Entries of each of three areas: A and B in panels, and C. */
export const areaLength: number = 1040 * 1024
const controlBytes = 65536
const panelsA = controlBytes
const panelsB = panelsA + 8 * areaLength
const product = panelsB + 8 * areaLength

/** Pages of shared memory. */
export const sharedPages: number = (product + 8 * areaLength) / 65536

/** Places of the words that threads share, far enough apart that each has a line of the cache for itself. */
export const published = 0
const claimed = 16
const firstTask = 32
const roundWords = 48
export const stripsDone = 64
/** How many strips a round may have. */
export const mostStrips: number = controlBytes / 4 - stripsDone

/** The memory that threads share and what each does in it; every thread binds it for itself. */
export interface Shared {
  readonly words: Int32Array
  readonly c: Float64Array
  /** Makes a round the current one, when no task of the one before is left. */
  begin(plan: Plan): void
  /** Packs lines of an item's A or B, from a multiple of a panel on. */
  packA(plan: Plan, item: number, from: Operand, line: number, lines: number): void
  packB(plan: Plan, item: number, from: Operand, line: number, lines: number): void
  /** Multiplies one tile that is published and not yet claimed; false when there is none. */
  work(): boolean
}

export function bindShared(module: WebAssembly.Module, memory: WebAssembly.Memory): Shared {
  const { multiply } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as GemmExports
  const words = new Int32Array(memory.buffer, 0, controlBytes / 4)
  const [a, b, c] = [panelsA, panelsB, product].map(start => new Float64Array(memory.buffer, start, areaLength)) as [Float64Array, Float64Array, Float64Array]
  let plan: Plan | undefined
  let first = 0

  function packTo(panels: Float64Array, start: number, width: number, stepLength: number, depth: number, from: Operand, line: number, lines: number): void {
    for (let step = 0; step < depth; step += blockDepth) {
      const steps = Math.min(blockDepth, depth - step)
      packPanels(panels.subarray(start + step * stepLength + line * steps), width, from, line, lines, step, steps)
    }
  }

  function multiplyTile(plan: Plan, tile: number): void {
    const { aLength, bLength, cLength, rows, columns, depth, ldc, tileRows, tileColumns, strips, tilesInStrip, accumulate } = plan
    const strip = Math.floor(tile / tilesInStrip)
    const item = Math.floor(strip / strips)
    const row = (strip % strips) * tileRows
    const column = (tile % tilesInStrip) * tileColumns
    const aPanels = Math.ceil(Math.min(tileRows, rows - row) / panelRows)
    const bPanels = Math.ceil(Math.min(tileColumns, columns - column) / panelColumns)
    const c = product + 8 * (item * cLength + row * ldc + column)
    for (let step = 0; step < depth; step += blockDepth) {
      const steps = Math.min(blockDepth, depth - step)
      const a = panelsA + 8 * (item * aLength + (step * aLength) / depth + row * steps)
      const b = panelsB + 8 * (item * bLength + (step * bLength) / depth + column * steps)
      multiply(a, b, c, aPanels, bPanels, steps, ldc, accumulate || step > 0)
    }
    Atomics.add(words, stripsDone + strip, 1)
  }

  return {
    words,
    c,
    begin(next) {
      const { items, rows, columns, depth, accumulate, strips } = next
      plan = next
      first = Atomics.load(words, published)
      words.set([items, rows, columns, depth, +accumulate], roundWords)
      words.fill(0, stripsDone, stripsDone + items * strips)
      Atomics.store(words, firstTask, first)
    },
    packA({ aLength, depth }, item, from, line, lines) {
      packTo(a, item * aLength, panelRows, aLength / depth, depth, from, line, lines)
    },
    packB({ bLength, depth }, item, from, line, lines) {
      packTo(b, item * bLength, panelColumns, bLength / depth, depth, from, line, lines)
    },
    work() {
      const claim = claimTask(words)
      if (claim === undefined) return false
      // The round of a claimed task stays the current one until the task is done.
      if (plan === undefined || first !== Atomics.load(words, firstTask)) {
        first = Atomics.load(words, firstTask)
        plan = readPlan(words)
      }
      multiplyTile(plan, (claim - first) | 0)
      return true
    },
  }
}

/** Tasks are counted on from round to round, so that a number that was free to claim is so once only. */
function claimTask(words: Int32Array): number | undefined {
  for (;;) {
    const task = Atomics.load(words, claimed)
    if (((Atomics.load(words, published) - task) | 0) <= 0) return undefined
    if (Atomics.compareExchange(words, claimed, task, (task + 1) | 0) === task) return task
  }
}

function readPlan(words: Int32Array): Plan {
  const [items, rows, columns, depth, accumulate] = words.subarray(roundWords) as unknown as [number, number, number, number, number]
  return planOf({ items, rows, columns, depth, accumulate: accumulate === 1 })
}
