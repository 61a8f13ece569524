import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { run } from '../test/run.ts'

describe('a wrong command line gets one line, code 2 and nothing on standard output', () => {
  test.each([
    ['', 'command: got nothing, expected deaddir followed by read or probe or table or nu or rlct or volume or ln-kernel or llc or train or calibrate or bench'],
    ['xyzzy', "unknown command 'xyzzy'; expected one of read, probe, table, nu, rlct, volume, ln-kernel, llc, train, calibrate, bench"],
    ['table', 'command: got nothing, expected deaddir table followed by rrr or dln'],
    ['table xyzzy', "unknown command 'xyzzy'; expected one of rrr, dln"],
    ['table rrr 1 2', "missing required argument 'N'; expected deaddir table rrr <M> <H> <N> <r> [--beta <B>] [--samples <N>] [--json]"],
    ['table rrr 5 3 5 9', 'rank: got 9, expected an integer from 0 to 3, the smallest size'],
    ['table rrr 5 3 5 2.5', 'r: got "2.5", expected a whole number of at least 0'],
    ['table rrr 0 3 5 0', 'M: got "0", expected a whole number of at least 1'],
    ['table rrr 5 3 5 2 --jsn', "unknown option '--jsn' (Did you mean --json?); expected deaddir table rrr <M> <H> <N> <r> [--beta <B>] [--samples <N>] [--json]"],
    ['table dln 5 1', 'sizes: got "5", expected at least an input and an output size, separated by commas'],
    ['table dln 5,,4 1', 'sizes[1]: got "", expected a whole number of at least 1'],
    ['nu x', 'K: got "x", expected a whole number of at least 1'],
    ['nu -3', 'K: got "-3", expected a whole number of at least 1'],
    ['nu 3 4', "too many arguments for 'nu'. Expected 1 argument but got 2: 3, 4; expected deaddir nu <K> [--prior-order <H>] [--beta <B>] [--samples <N>] [--json]"],
  ])('deaddir %s', async (line, message) => {
    expect(await run(...line.split(' ').filter(word => word !== ''))).toEqual({ code: 2, out: '', err: `deaddir: ${message}\n` })
  })
})

const commands = ['read', 'probe', 'table', 'nu', 'rlct', 'volume', 'ln-kernel', 'llc', 'train', 'calibrate', 'bench']

test.each(commands)('deaddir %s --help says how it is called and explains every argument in its usage', async name => {
  const { code, out, err } = await run(name, '--help')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const [usage = '', ...rest] = out.split('\n')
  expect(usage).toMatch(new RegExp(`^Usage: deaddir ${name} `))
  const explained = rest.join('\n')
  for (const [word] of usage.matchAll(/--[a-z-]+/g)) expect(explained).toContain(`${word} `)
})

test.each([['--help'], ['table rrr --help'], ['help nu']])('deaddir %s is help on standard output with code 0', async line => {
  const { code, out, err } = await run(...line.split(' '))
  expect(out).toMatch(/^Usage: deaddir/)
  expect({ code, err }).toEqual({ code: 0, err: '' })
})

test('the built program answers under the Node that runs the tests', async () => {
  const program = new URL('../bin/deaddir.js', import.meta.url).pathname
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, 'table', 'rrr', '5', '3', '5', '2', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ lambda: 9.5, multiplicity: 2, nu: null })
  expect(stderr).toBe('')
})
