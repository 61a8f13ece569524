import { rateTable } from './rate-table.ts'

console.log(await rateTable())
