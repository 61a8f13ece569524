import { expect, it } from 'vitest'
import { nodeDocument } from './node.ts'

it('makes documents that keep the case of SVG names and do not share a tree', () => {
  const [one, other] = [nodeDocument(), nodeDocument()]
  const clip = one.createElementNS('http://www.w3.org/2000/svg', 'clipPath')
  one.body.append(clip)
  expect(clip.localName).toBe('clipPath')
  expect(other.body.childNodes).toHaveLength(0)
})
