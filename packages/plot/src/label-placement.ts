/** A rectangle in pixels. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** A label to place: its size in pixels and the points it may stand beside, best first. */
export interface LabelRequest {
  width: number
  height: number
  anchors: readonly (readonly [number, number])[]
}

const gaps = [8, 16]

/** Places each label beside one of its anchors, clear of obstacles and other labels; `undefined` where there is no room. */
export const placeLabels = (
  requests: readonly LabelRequest[],
  obstacles: readonly (readonly [number, number])[],
  frame: Box,
): (Box | undefined)[] => {
  const placed: Box[] = []
  return requests.map(request => {
    const box = candidates(request).find(
      candidate =>
        inside(candidate, frame) &&
        !placed.some(other => overlap(candidate, other)) &&
        !obstacles.some(point => holds(candidate, point)),
    )
    if (box !== undefined) placed.push(box)
    return box
  })
}

const candidates = ({ width, height, anchors }: LabelRequest): Box[] =>
  gaps.flatMap(gap =>
    anchors.flatMap(([x, y]) =>
      [
        [x + gap, y - height / 2],
        [x - gap - width, y - height / 2],
        [x + gap / 2, y - gap - height],
        [x + gap / 2, y + gap],
        [x - gap / 2 - width, y - gap - height],
        [x - gap / 2 - width, y + gap],
        [x - width / 2, y - gap - height],
        [x - width / 2, y + gap],
      ].map(([left = 0, top = 0]) => ({ left, top, right: left + width, bottom: top + height })),
    ),
  )

const inside = (box: Box, frame: Box): boolean =>
  box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom

const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const margin = 3
const holds = (box: Box, [x, y]: readonly [number, number]): boolean =>
  x > box.left - margin && x < box.right + margin && y > box.top - margin && y < box.bottom + margin
