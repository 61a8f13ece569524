/** The value with every `Float64Array` in it moved to shared memory, so that workers read it where it lies. */
export function shared<t>(value: t): t {
  return moved(value, new Map()) as t
}

function moved(value: unknown, seen: Map<ArrayBufferLike, SharedArrayBuffer>): unknown {
  if (value instanceof Float64Array) return movedArray(value, seen)
  if (Array.isArray(value)) return value.map(entry => moved(entry, seen))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, moved(entry, seen)]))
}

/** Views of one buffer stay views of one buffer. */
function movedArray({ buffer, byteOffset, length }: Float64Array, seen: Map<ArrayBufferLike, SharedArrayBuffer>): Float64Array {
  if (buffer instanceof SharedArrayBuffer) return new Float64Array(buffer, byteOffset, length)
  let copy = seen.get(buffer)
  if (copy === undefined) {
    copy = new SharedArrayBuffer(buffer.byteLength)
    new Uint8Array(copy).set(new Uint8Array(buffer))
    seen.set(buffer, copy)
  }
  return new Float64Array(copy, byteOffset, length)
}
