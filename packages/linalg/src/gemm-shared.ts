import { blockDepth, panelColumns, panelRows } from './gemm-packed.ts'
import type { GemmExports } from './gemm-kernel.ts'
import { type Plan, type Slice, planOf } from './gemm-round.ts'

/** Entries of each of five areas: A and B as staged, A and B in panels, and C. */
export const areaLength: number = 1040 * 1024
const areas = 5
const controlBytes = 65536

/** Pages of shared memory. */
export const sharedPages: number = (controlBytes + areas * 8 * areaLength) / 65536

/** Places of the words that threads share, far enough apart that each has a line of the cache for itself. */
export const published = 0
const claimed = 16
const packed = 32
const firstTask = 48
const roundWords = 64
export const stripsDone = 80
/** How many strips a round may have. */
export const mostStrips: number = controlBytes / 4 - stripsDone

/** The memory that threads share and what each does in it; every thread binds it for itself. */
export interface Shared {
  readonly words: Int32Array
  /** A and B as staged, and C. */
  readonly a: Float64Array
  readonly b: Float64Array
  readonly c: Float64Array
  /** Makes a round the current one, when no task of the one before is left. */
  begin(plan: Plan): void
  /** Does one task that is published and not yet claimed; false when there is none. `waitFor` ends when a word has reached a number. */
  work(waitFor: WaitFor): boolean
}

/** Ends when a word has reached a number. */
export type WaitFor = (words: Int32Array, at: number, count: number) => void

export function bindShared(module: WebAssembly.Module, memory: WebAssembly.Memory): Shared {
  const { pack, multiply } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as GemmExports
  const words = new Int32Array(memory.buffer, 0, controlBytes / 4)
  const [stagedA, stagedB, panelsA, panelsB, product] = Array.from({ length: areas }, (_, area) => controlBytes + area * 8 * areaLength) as [number, number, number, number, number]
  let plan: Plan | undefined
  let first = 0

  function packSlice(staged: number, panels: number, width: number, start: number, { lines, depth, from, lineStride, stepStride, to }: Slice): void {
    pack(staged + 8 * (start + from), panels + 8 * (start + to), width, lines, depth, 8 * lineStride, 8 * stepStride)
  }

  function packTask({ aSlices, bSlices, aLength, bLength }: Plan, task: number): void {
    const slices = aSlices.length + bSlices.length
    const item = Math.floor(task / slices)
    const slice = task % slices
    if (slice < aSlices.length) packSlice(stagedA, panelsA, panelRows, item * aLength, aSlices[slice]!)
    else packSlice(stagedB, panelsB, panelColumns, item * bLength, bSlices[slice - aSlices.length]!)
    Atomics.add(words, packed, 1)
  }

  function tileTask(plan: Plan, tile: number): void {
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
    a: new Float64Array(memory.buffer, stagedA, areaLength),
    b: new Float64Array(memory.buffer, stagedB, areaLength),
    c: new Float64Array(memory.buffer, product, areaLength),
    begin(next) {
      const { items, rows, columns, depth, aByStep, bByStep, accumulate, strips } = next
      plan = next
      first = Atomics.load(words, published)
      words.set([items, rows, columns, depth, +aByStep, +bByStep, +accumulate], roundWords)
      words.fill(0, stripsDone, stripsDone + items * strips)
      Atomics.store(words, packed, 0)
      Atomics.store(words, firstTask, first)
    },
    work(waitFor) {
      const claim = claimTask(words)
      if (claim === undefined) return false
      // The round of a claimed task stays the current one until the task is done.
      if (plan === undefined || first !== Atomics.load(words, firstTask)) {
        first = Atomics.load(words, firstTask)
        plan = readPlan(words)
      }
      const task = (claim - first) | 0
      if (task < plan.packs) packTask(plan, task)
      else {
        waitFor(words, packed, plan.packs)
        tileTask(plan, task - plan.packs)
      }
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
  const [items, rows, columns, depth, aByStep, bByStep, accumulate] = words.subarray(roundWords) as unknown as [number, number, number, number, number, number, number]
  return planOf({ items, rows, columns, depth, aByStep: aByStep === 1, bByStep: bByStep === 1, accumulate: accumulate === 1 })
}
