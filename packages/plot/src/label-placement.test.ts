import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placeLabels } from './label-placement.ts'

const frame = { left: 0, top: 0, right: 200, bottom: 100 }
const pixel = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 100 }))

it('keeps labels inside the frame, off the points and off each other', () => {
  fc.assert(fc.property(fc.array(pixel, { maxLength: 15 }), fc.array(pixel, { minLength: 1, maxLength: 6 }), (points, anchors) => {
    const requests = anchors.map(anchor => ({ width: 40, height: 12, anchors: [anchor] }))
    const boxes = placeLabels(requests, points, frame)
    expect(boxes).toHaveLength(anchors.length)
    boxes.forEach((box, i) => {
      if (box === undefined) return
      expect([box.right - box.left, box.bottom - box.top]).toEqual([40, 12])
      expect(box.left >= 0 && box.top >= 0 && box.right <= 200 && box.bottom <= 100).toBe(true)
      expect(points.some(([x, y]) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)).toBe(false)
      const clash = boxes.slice(0, i).some(o => o !== undefined && o.left < box.right && box.left < o.right && o.top < box.bottom && box.top < o.bottom)
      expect(clash).toBe(false)
    })
  }))
})

it('finds room on an empty frame and none where the label is wider than it', () => {
  const at = [[100, 50]] as const
  expect(placeLabels([{ width: 40, height: 12, anchors: at }], at, frame)[0]).toBeDefined()
  expect(placeLabels([{ width: 300, height: 12, anchors: at }], at, frame)).toEqual([undefined])
})
