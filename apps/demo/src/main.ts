import { resolve } from 'node:path'
import { nodeBackend } from '@dead-directions/dead-directions'
import { demonstrate, type Outcome } from './demo.ts'
import { knownTruths } from './networks.ts'
import { summary } from './summary.ts'

/** Where checkpoints and reports go, below the folder the demo is started in. */
const OUTPUT = resolve('demo-output')

await nodeBackend.install()
const outcomes: Outcome[] = []
for (const truth of knownTruths()) outcomes.push(await demonstrate(truth, OUTPUT, line => console.log(line)))
console.log(summary(outcomes, resolve('.')))
