import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Experiment } from './experiment.ts'
import { runExperiment } from './run-experiment.ts'

const squares = (run: (i: number) => Promise<number>): Experiment<{ i: number }, number> => ({
  name: 'squares',
  title: 'Squares',
  question: 'What are squares?',
  cells: () => [0, 1, 2, 3].map(i => ({ i })),
  label: ({ i }) => `square of ${i}`,
  run: ({ i }) => run(i),
  summarise: lines => ({
    findings: [`The sum is ${lines.reduce((sum, { result }) => sum + result, 0)}.`],
    sections: [{ heading: 'All', paragraphs: [], table: { columns: ['i', 'square'], rows: lines.map(({ cell, result }) => [cell.i, result]) }, charts: [] }],
  }),
})

const folder = (): string => mkdtempSync(join(tmpdir(), 'experiments-'))
const square = async (i: number): Promise<number> => i * i

test('writes lines, a summary and a page, and nothing else', async () => {
  const place = folder()
  const seen: string[] = []
  const { summary } = await runExperiment(squares(square), { folder: place, quick: true, onProgress: (done, total, label) => seen.push(`${done}/${total} ${label}`) })
  expect(summary.findings).toEqual(['The sum is 14.'])
  expect(readdirSync(place).sort()).toEqual(['report.html', 'results.jsonl', 'summary.txt'])
  expect(readFileSync(join(place, 'summary.txt'), 'utf8')).toContain('i  square\n0  0\n1  1\n2  4\n3  9\n')
  expect(readFileSync(join(place, 'report.html'), 'utf8')).toContain('The sum is 14.')
  expect(seen).toEqual(['0/4 square of 0', '1/4 square of 1', '2/4 square of 2', '3/4 square of 3', '4/4 done'])
})

test('a run that failed goes on at the failed cell and ends with the lines of a whole one', async () => {
  const [broken, whole] = [folder(), folder()]
  const ran: number[] = []
  const failing = squares(async i => {
    if (i === 2) throw new Error('power cut')
    return square(i)
  })
  await expect(runExperiment(failing, { folder: broken, quick: true })).rejects.toThrow('power cut')
  await runExperiment(squares(i => (ran.push(i), square(i))), { folder: broken, quick: true })
  await runExperiment(squares(square), { folder: whole, quick: true })
  expect(ran).toEqual([2, 3])
  for (const file of ['results.jsonl', 'summary.txt', 'report.html']) expect(readFileSync(join(broken, file), 'utf8')).toBe(readFileSync(join(whole, file), 'utf8'))
})

test('a process killed in the middle of a cell leaves what a resumed run completes to the same lines', async () => {
  const [killed, whole] = [folder(), folder()]
  const script = `
    import { runExperiment } from ${JSON.stringify(join(import.meta.dirname, 'run-experiment.ts'))}
    const experiment = { name: '', title: '', question: '', cells: () => [0, 1, 2, 3].map(i => ({ i })), label: ({ i }) => String(i), summarise: () => ({ findings: [], sections: [] }),
      run: ({ i }) => (i < 2 ? Promise.resolve(i * i) : new Promise(() => setInterval(() => {}, 1000))) }
    await runExperiment(experiment, { folder: ${JSON.stringify(killed)}, quick: true })`
  const child = spawn(process.execPath, ['--conditions=@dead-directions/source', '--input-type=module', '-e', script], { stdio: 'ignore' })
  const ended = new Promise(resolve => child.on('exit', (_code, signal) => resolve(signal)))
  const lines = (): number => readFileSync(join(killed, 'results.jsonl'), { encoding: 'utf8', flag: 'a+' }).split('\n').length - 1
  while (lines() < 2) await setTimeout(50)
  child.kill('SIGKILL')
  expect(await ended).toBe('SIGKILL')
  expect(readdirSync(killed)).toEqual(['results.jsonl'])
  await runExperiment(squares(square), { folder: killed, quick: true })
  await runExperiment(squares(square), { folder: whole, quick: true })
  expect(readFileSync(join(killed, 'results.jsonl'), 'utf8')).toBe(readFileSync(join(whole, 'results.jsonl'), 'utf8'))
})

test('out of time, the cells that are done are summed up and the others wait', async () => {
  const place = folder()
  const { lines } = await runExperiment(squares(square), { folder: place, quick: true, minutes: 0 })
  expect(lines).toEqual([])
  expect((await runExperiment(squares(square), { folder: place, quick: true })).lines).toHaveLength(4)
})
