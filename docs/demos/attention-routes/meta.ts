import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'attention-routes',
  title: 'Two routes through attention',
  summary: 'A dead channel in a chain of attention blocks: its gradient comes through values and outputs, or through the scores. The faster route wins at every block.',
  rows: 'C8',
  parameters: [
    { kind: 'number', name: 'blocks', label: 'Blocks in the chain', min: 2, max: 7, step: 1, default: 5 },
    { kind: 'number', name: 'width', label: 'Channels', min: 2, max: 6, step: 1, default: 3 },
  ],
  play: { parameter: 'blocks', period: 900 },
  single: true,
}
