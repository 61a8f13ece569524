/**
 * JavaScript of the generator that gpu.js compiles into its `webasm` and `webgpu` kernels: PCG RXS-M-XS on 32 bits, the
 * top 24 of which are a number in [0, 1). The state stands beside the kernel.
 *
 * Source: M. E. O'Neill, "PCG: a family of simple fast space-efficient statistically good algorithms", 2014.
 */
export const streamFunctions: Readonly<Record<'beginStream' | 'drawUniform', string>> = {
  beginStream: `let pcgState = 0;
function beginStream(thread, seed) {
  pcgState = (Math.imul((seed + Math.imul(thread, 2654435769)) | 0, 747796405) + 2891336453) | 0;
  return 0;
}`,
  drawUniform: `function drawUniform() {
  pcgState = (Math.imul(pcgState, 747796405) + 2891336453) | 0;
  let word = Math.imul((pcgState >>> ((pcgState >>> 28) + 4)) ^ pcgState, 277803737);
  word = (word >>> 22) ^ word;
  return (word >>> 8) / 16777216;
}`,
}

/** A kernel's text with `Math.random()` drawn from the thread's own stream, whose seed is one more argument. */
export function withSeededStreams(source: string): string {
  if (!source.includes('Math.random()')) return source.replace(')', `${separator(source)}streamSeed)`)
  return source
    .replace(')', `${separator(source)}streamSeed)`)
    .replace('{', '{\n  let streamStarted = beginStream(this.thread.x + this.output.x * this.thread.y, streamSeed);')
    .replaceAll('Math.random()', 'drawUniform()')
}

/** The seed of the n-th call: steps of the golden ratio of 2³², mixed so that no thread's stream follows another's. */
export function callSeedOf(seed: number, call: number): number {
  let mixed = (seed + Math.imul(call, 0x9e3779b9)) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function separator(source: string): string {
  return /\(\s*\)/.test(source.slice(0, source.indexOf(')') + 1)) ? '' : ', '
}
