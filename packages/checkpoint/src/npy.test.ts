import { BadInput } from '@dead-directions/registry'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeNpy, parseNpy } from './npy.ts'

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), character => character.charCodeAt(0))

/** Written by numpy.lib.format.write_array. */
const numpy = {
  f8: 'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAAAAAAAANA/AAAAAAAA4D8AAAAAAADoPwAAAAAAAPA/AAAAAAAA9D8=',
  fortranVersion2:
    'k05VTVBZAgB0AAAAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IFRydWUsICdzaGFwZSc6ICgyLCAzKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAABAPwAAgD4AAIA/AAAAPwAAoD8=',
  halfVersion3:
    'k05VTVBZAwB0AAAAeydkZXNjcic6ICc8ZjInLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIApmLgDH',
  i8: 'k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAr7/////////wcAAAAAAAAA',
  u1: 'k05VTVBZAQB2AHsnZGVzY3InOiAnfHUxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIArIBw==',
  bigEndian:
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDEpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/8AAAAAAAAA==',
  record:
    'k05VTVBZAQB2AHsnZGVzY3InOiBbKCdhJywgJzxpNCcpLCAoJ2InLCAnPGY4JyldLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAAAAAAAAAAAAEA=',
}

test.each([
  ['f8', [2, 3], [0, 0.25, 0.5, 0.75, 1, 1.25]],
  ['fortranVersion2', [2, 3], [0, 0.25, 0.5, 0.75, 1, 1.25]],
  ['halfVersion3', [1, 2], [0.0999755859375, -7]],
  ['i8', [2], [-5, 7]],
  ['u1', [1, 2], [200, 7]],
] as const)('reads %s as NumPy wrote it, row-major', (name, shape, values) => {
  expect(parseNpy(fromBase64(numpy[name]), 'x.npy')).toEqual({ shape, data: Float64Array.from(values) })
})

test("writes NumPy's own bytes", () => {
  expect(encodeNpy(2, 3, Float64Array.of(0, 0.25, 0.5, 0.75, 1, 1.25))).toEqual(fromBase64(numpy.f8))
})

test('round trip gives the same bits, from data that starts at a multiple of 64 bytes', () => {
  const matrix = fc
    .tuple(fc.nat(40), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, cols]) => fc.float64Array({ minLength: rows * cols, maxLength: rows * cols }).map(data => ({ rows, cols, data })))
  fc.assert(
    fc.property(matrix, ({ rows, cols, data }) => {
      const bytes = encodeNpy(rows, cols, data)
      expect((bytes.length - 8 * data.length) % 64).toBe(0)
      expect(parseNpy(bytes, 'x.npy')).toEqual({ shape: [rows, cols], data })
    }),
  )
})

function npy(dictionary: string, dataBytes: number, version = 1): Uint8Array {
  const header = new TextEncoder().encode(dictionary)
  return Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, header.length, 0, ...header, ...new Uint8Array(dataBytes)])
}

test('takes the dictionary in any order and without a last comma', () => {
  expect(parseNpy(npy("{'shape': (1,2), 'descr':'<f4' ,'fortran_order': True}\n", 8), 'x.npy').shape).toEqual([1, 2])
})

const dictionary = (descr: string, shape: string): string => `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`

test.each<[string, Uint8Array, string]>([
  ['another kind of file', new TextEncoder().encode('PK-and-more-bytes'), 'x.npy: got [80,75,45,97,110,100], expected the bytes [147,78,85'],
  ['a cut file', encodeNpy(1, 1, Float64Array.of(1)).slice(0, 40), 'x.npy header length: got 118, expected at most 30'],
  ['an unknown version', npy('', 40, 4), 'x.npy version: got 4, expected 1, 2 or 3'],
  ['missing values', npy(dictionary('<f8', '(2, 2)'), 24), 'x.npy bytes after the header: got 24, expected 32 for F64 [2,2]'],
  ['more values', npy(dictionary('<f8', '(2, 2)'), 40), 'x.npy bytes after the header: got 40, expected 32 for F64 [2,2]'],
  ['a shape that overflows', npy(dictionary('<f8', '(99999999, 99999999999)'), 8), 'x.npy.shape: got [99999999,99999999999], expected whole'],
  ['three axes', npy(dictionary('<f8', '(1, 1, 1)'), 8), 'x.npy header shape: got [1,1,1], expected one or two axes'],
  ['no axis', npy(dictionary('<f8', '()'), 8), 'x.npy header shape: got [], expected one or two axes'],
  ['text', npy(dictionary('<U1', '(2,)'), 8), 'x.npy header descr: got "<U1", expected one of <f8, <f4, <f2, <i8'],
  ['big-endian numbers', fromBase64(numpy.bigEndian), 'x.npy header descr: got ">f8", expected one of <f8'],
  ['records', fromBase64(numpy.record), `x.npy header: got "{'descr': [('a', '<i4'), (`],
  ['a repeated key', npy("{'descr': '<f8', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", 8), 'x.npy header: got'],
  ['words after the items', npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), more}", 8), 'x.npy header: got'],
  ['code', npy("{'descr': '<f8', 'fortran_order': f(), 'shape': (1,)}", 8), 'x.npy header: got'],
])('refuses %s in one line', (_, bytes, message) => {
  expect(() => parseNpy(bytes, 'x.npy')).toThrow(BadInput)
  expect(() => parseNpy(bytes, 'x.npy')).toThrow(message)
  expect(() => parseNpy(bytes, 'x.npy')).not.toThrow(/\n/)
})

test('changed bytes parse to an array that fits the file, or are refused as bad input', () => {
  const original = encodeNpy(3, 2, Float64Array.of(1, 2, 3, 4, 5, 6))
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(...Array.from("0123456789<|fiub,()'", character => character.charCodeAt(0))))
  const changes = fc.array(fc.tuple(fc.nat(79), byte), { minLength: 1, maxLength: 3 })
  let refused = 0
  const property = fc.property(changes, list => {
    const bytes = original.slice()
    for (const [at, value] of list) bytes[at] = value
    try {
      const { shape, data } = parseNpy(bytes, 'x.npy')
      expect(data.length).toBe(shape.reduce((product, side) => product * side, 1))
      expect(data.length).toBeLessThanOrEqual(48)
    } catch (error) {
      if (!(error instanceof BadInput)) throw error
      refused++
    }
  })
  fc.assert(property, { numRuns: 5000 })
  expect(refused).toBeGreaterThan(1000)
})

test('does not write data of another length', () => {
  expect(() => encodeNpy(2, 2, new Float64Array(3))).toThrow('npy data length: got 3, expected 2 × 2 values')
})
