import { BadInput, type TensorData } from '@dead-directions/registry'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeSafetensors, parseSafetensors } from './safetensors.ts'

/** Written by the Python package safetensors 0.x with numpy arrays. */
const fromPython = Uint8Array.from(
  atob(
    '0AEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJucCJ9LCJzdGVwcyI6eyJkdHlwZSI6Ikk2NCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzAsMTZdfSwiYm9keS5mYzEuYmlhcyI6eyJkdHlwZSI6IkY2NCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzE2LDMyXX0sImVtcHR5Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlswLDNdLCJkYXRhX29mZnNldHMiOlszMiwzMl19LCJmIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsxXSwiZGF0YV9vZmZzZXRzIjpbMzIsMzZdfSwiYmYiOnsiZHR5cGUiOiJCRjE2Iiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMzYsNDBdfSwiYm9keS5mYzEud2VpZ2h0Ijp7ImR0eXBlIjoiRjE2Iiwic2hhcGUiOlsyLDJdLCJkYXRhX29mZnNldHMiOls0MCw0OF19LCJiIjp7ImR0eXBlIjoiQk9PTCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzQ4LDUwXX19ICAgICAgIP3/////////AAAAAAABAACamZmZmZm5PwAAAAAAAACAzczMPc09QEAAPgDAAQD/ewEA',
  ),
  character => character.charCodeAt(0),
)

test('reads a file of the reference implementation: every dtype, an empty tensor, metadata', () => {
  const tensors = parseSafetensors(fromPython, 'a.safetensors')
  expect([...tensors.keys()]).toEqual(['steps', 'body.fc1.bias', 'empty', 'f', 'bf', 'body.fc1.weight', 'b'])
  expect(tensors.get('steps')).toEqual({ dtype: 'I64', shape: [2], data: Float64Array.of(-3, 2 ** 40) })
  expect(tensors.get('body.fc1.bias')).toEqual({ dtype: 'F64', shape: [2], data: Float64Array.of(0.1, -0) })
  expect(tensors.get('empty')).toEqual({ dtype: 'F32', shape: [0, 3], data: new Float64Array(0) })
  expect(tensors.get('f')).toEqual({ dtype: 'F32', shape: [1], data: Float64Array.of(Math.fround(0.1)) })
  expect(tensors.get('bf')).toEqual({ dtype: 'BF16', shape: [2], data: Float64Array.of(0.10009765625, 3) })
  expect(tensors.get('body.fc1.weight')).toEqual({ dtype: 'F16', shape: [2, 2], data: Float64Array.of(1.5, -2, 2 ** -24, 65504) })
  expect(tensors.get('b')).toEqual({ dtype: 'BOOL', shape: [2], data: Float64Array.of(1, 0) })
})

/** A file laid out by hand, as the format's specification says. */
function file(header: unknown, dataBytes: number, length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true)
  bytes.set(text, 8)
  return bytes
}

const entry = (shape: unknown, begin: unknown, end: unknown, dtype: unknown = 'F32'): object => ({ dtype, shape, data_offsets: [begin, end] })

describe('refuses in one line that names the file and the tensor', () => {
  test.each<[string, Uint8Array, string]>([
    ['a file without a length', new Uint8Array(7), 'f size: got 7, expected at least 8 bytes'],
    ['a header past the end', file({}, 0, 3n), 'f header length: got 3, expected at most 2 bytes, the rest of the file'],
    ['an absurd header length', file({}, 0, 2n ** 64n - 1n), 'f header length: got 18446744073709551615, expected at most 100000000 bytes'],
    ['a header that is no object', file('[1]', 0), 'f header: got "[1]", expected JSON that starts with {'],
    ['invalid JSON', file('{"w": ', 0), 'f header: got "'],
    ['a repeated tensor', file('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{}}', 4), 'f header: got "the key w twice"'],
    ['a truncated file', file({ w: entry([4], 0, 16) }, 15), 'f "w".data_offsets: got [0,16], expected an end of at most 15'],
    ['bytes after the last tensor', file({ w: entry([4], 0, 16) }, 17), 'f bytes after the header: got 17, expected 16'],
    ['an overlap', file({ v: entry([2], 0, 8), w: entry([2], 4, 12) }, 12), 'f "w".data_offsets: got [4,12], expected a start at 8'],
    ['a hole', file({ v: entry([2], 0, 8), w: entry([2], 12, 20) }, 20), 'f "w".data_offsets: got [12,20], expected a start at 8'],
    ['a hole before the first', file({ w: entry([2], 4, 12) }, 12), 'f "w".data_offsets: got [4,12], expected a start at 0'],
    ['offsets of another size', file({ w: entry([2, 3], 0, 20) }, 20), 'f "w".data_offsets: got [0,20], expected 24 bytes for F32 [2,3]'],
    ['offsets in reverse', file({ w: entry([2], 8, 0) }, 8), 'f "w".data_offsets: got [8,0], expected 8 bytes'],
    ['a negative side', file({ w: entry([-1], 0, 4) }, 4), 'f "w".shape.0: got -1, expected'],
    ['half a side', file({ w: entry([1.5], 0, 6) }, 6), 'f "w".shape.0: got 1.5, expected'],
    ['a side as text', file({ w: entry(['1'], 0, 4) }, 4), 'f "w".shape.0: got "1", expected a number'],
    ['a shape that overflows', file({ w: entry([2 ** 31, 2 ** 31], 0, 4) }, 4), 'f "w".shape: got [2147483648,2147483648], expected'],
    ['a huge side beside none', file({ w: entry([0, 1e300], 0, 0) }, 0), 'f "w".shape: got [0,1e+300], expected'],
    ['an unknown dtype', file({ w: entry([4], 0, 4, 'F8_E4M3') }, 4), 'f "w".dtype: got "F8_E4M3", expected one of F64, F32, F16, BF16'],
    ['a dtype of every object', file({ w: entry([4], 0, 4, 'toString') }, 4), 'f "w".dtype: got "toString", expected one of F64'],
    ['a missing field', file({ w: { dtype: 'F32', shape: [] } }, 4), 'f "w".data_offsets: got '],
    ['metadata that is no text', file({ __metadata__: { a: 1 } }, 0), 'f __metadata__.a: got 1, expected a string'],
    ['a name of two lines', file({ 'a\nb': entry([1], 0, 8) }, 8), 'f "a\\nb".data_offsets: got [0,8], expected 4 bytes'],
  ])('%s', (_, bytes, message) => {
    expect(() => parseSafetensors(bytes, 'f')).toThrow(BadInput)
    expect(() => parseSafetensors(bytes, 'f')).toThrow(message)
    expect(() => parseSafetensors(bytes, 'f')).not.toThrow(/\n/)
  })

  test('an integer that float64 cannot hold', () => {
    const bytes = file({ n: entry([2], 0, 16, 'I64') }, 16)
    new DataView(bytes.buffer).setBigInt64(bytes.length - 8, 2n ** 53n + 1n, true)
    expect(() => parseSafetensors(bytes, 'f')).toThrow('f "n"[1]: got 9007199254740992, expected an integer below 2^53 in size')
  })

  test('NaN and infinities where finite numbers are required', () => {
    const bytes = encodeSafetensors(new Map([['w', { shape: [2, 3], data: Float64Array.of(0, 1, 2, 3, 4, NaN) }]]))
    expect(parseSafetensors(bytes, 'f').get('w')?.data[5]).toBeNaN()
    expect(() => parseSafetensors(bytes, 'f', { requireFinite: true })).toThrow('f "w"[1,2]: got NaN, expected a finite number')
  })
})

test('accepts spaces after the header and tensors listed in another order than their bytes', () => {
  const bytes = file(`${JSON.stringify({ w: entry([1], 4, 8), v: entry([], 0, 4) })}   `, 8)
  new DataView(bytes.buffer).setFloat32(bytes.length - 4, 2.5, true)
  expect([...parseSafetensors(bytes, 'f')]).toEqual([
    ['v', { dtype: 'F32', shape: [], data: Float64Array.of(0) }],
    ['w', { dtype: 'F32', shape: [1], data: Float64Array.of(2.5) }],
  ])
})

const tensor: fc.Arbitrary<TensorData> = fc.array(fc.nat(3), { maxLength: 3 }).chain(shape => {
  const length = shape.reduce((product, side) => product * side, 1)
  return fc.float64Array({ minLength: length, maxLength: length }).map(data => ({ shape, data }))
})
const tensors = fc
  .array(fc.tuple(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '0', 'a.b')), tensor), { maxLength: 5 })
  .map(entries => new Map(entries))

describe('round trip', () => {
  test('of any float64 tensors gives the same names, shapes and bits, from a header of whole eight bytes', () => {
    const property = fc.property(tensors, original => {
      const bytes = encodeSafetensors(original, { metadata: { made: 'here' } })
      expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n)
      const expected = Array.from(original, ([name, { shape, data }]) => [name, { dtype: 'F64', shape, data }] as const)
      expect(parseSafetensors(bytes, 'f')).toEqual(new Map(expected))
    })
    fc.assert(property, { numRuns: 300 })
  })

  test('in float32 rounds as Math.fround', () => {
    const data = fc.float64Array({ noNaN: true, min: -1e38, max: 1e38 })
    fc.assert(
      fc.property(data, values => {
        const bytes = encodeSafetensors(new Map([['w', { shape: [values.length], data: values }]]), { dtype: 'F32' })
        expect(parseSafetensors(bytes, 'f').get('w')?.data).toEqual(values.map(Math.fround))
      }),
    )
  })
})

test('does not write what could not be read back', () => {
  const write = (name: string, tensor: TensorData, dtype: 'F16' | 'F32'): Uint8Array => encodeSafetensors(new Map([[name, tensor]]), { dtype })
  expect(() => write('w', { shape: [2], data: Float64Array.of(1, 65520) }, 'F16')).toThrow(
    'tensor "w"[1]: got 65520, expected a number in the range of F16',
  )
  expect(() => write('w', { shape: [1], data: Float64Array.of(-1e39) }, 'F32')).toThrow(BadInput)
  expect(() => write('w', { shape: [2, 2], data: Float64Array.of(1) }, 'F32')).toThrow('tensor "w".data length: got 1, expected 4 for shape [2,2]')
  expect(() => write('__metadata__', { shape: [1], data: Float64Array.of(1) }, 'F32')).toThrow(BadInput)
})

test('changed bytes parse to tensors that fit the file, or are refused as bad input', () => {
  const original = encodeSafetensors(
    new Map([
      ['body.fc1.weight', { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) }],
      ['body.fc1.bias', { shape: [2], data: Float64Array.of(0, 1) }],
    ]),
  )
  const headerEnd = original.length - 64
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(...Array.from('0123456789[]{}",:-.eE \\', character => character.charCodeAt(0))))
  const changes = fc.array(fc.tuple(fc.nat(headerEnd - 1), byte), { minLength: 1, maxLength: 4 })
  let refused = 0
  const property = fc.property(changes, fc.option(fc.nat(original.length)), (list, cut) => {
    const bytes = original.slice(0, cut ?? original.length)
    for (const [at, value] of list) bytes[at] = value
    try {
      for (const { shape, data } of parseSafetensors(bytes, 'f').values()) {
        expect(data.length).toBe(shape.reduce((product, side) => product * side, 1))
        expect(data.length).toBeLessThanOrEqual(bytes.length)
      }
    } catch (error) {
      if (!(error instanceof BadInput)) throw error
      refused++
    }
  })
  fc.assert(property, { numRuns: 5000 })
  expect(refused).toBeGreaterThan(1000)
})
