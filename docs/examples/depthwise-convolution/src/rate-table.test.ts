import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rateTable } from './rate-table.ts'

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
const blocks = (language: string): string[] => Array.from(readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms')), match => match[1] as string)

test('rates add along the network: 2 + 1 + 2 forward, twice the sum above backward, as the README shows', async () => {
  const table = await rateTable()
  expect(table.split('\n').map(line => line.replace(/ +/g, ' '))).toEqual([
    'near forward predicted 2 measured 2.000',
    'near backward predicted 6 measured 6.000',
    'turn forward predicted 3 measured 3.000',
    'turn backward predicted 4 measured 4.000',
    'far forward predicted 5 measured 5.000',
    'far backward predicted 0 measured 0.000',
  ])
  expect(blocks('text')).toContain(`${table}\n`)
})

const sources = readdirSync(import.meta.dirname).map(name => readFileSync(join(import.meta.dirname, name), 'utf8'))

test.each(blocks('ts').map(code => [code.split('\n')[0], code]))('the README shows what the sources say: %s', (_, code) => {
  expect(sources.filter(source => source.includes(code as string))).not.toEqual([])
})
