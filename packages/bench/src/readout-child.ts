import { readoutCost } from './readout-cost.ts'

const [width, layers, samples] = process.argv.slice(2).map(Number)
console.log(JSON.stringify(await readoutCost({ width: width!, layers: layers!, samples: samples! })))
