import type { Granularity, Plan } from './plan.ts'

/**
 * Whether the gauges fit the variables that a step gets.
 *
 * @param shapeOf a variable's shape, undefined where it gets no gradient
 * @throws RangeError naming the variable, its shape and the expected one
 */
export function checkShapes({ groups, translations, mixed }: Plan, granularity: Granularity, shapeOf: (name: string) => readonly number[] | undefined): void {
  const known = (name: string): readonly number[] => {
    const shape = shapeOf(name)
    if (shape === undefined) throw new RangeError(`gauges: "${name}" gets no gradient, expected the name of a trained variable`)
    if (shape.length !== 1 && shape.length !== 2) throw new RangeError(`gauges: "${name}" has shape [${shape.join(', ')}], expected a vector or a matrix`)
    return shape
  }
  for (const { label, units, forward, dual } of groups.flatMap(({ scalings }) => scalings)) {
    for (const { parameter, axis } of [...forward, ...dual]) {
      const shape = known(parameter)
      if (granularity === 'unit' && shape[axis] !== units) {
        throw new RangeError(`gauges: "${parameter}" has shape [${shape.join(', ')}], expected ${units} along axis ${axis} as "${label}" says`)
      }
    }
  }
  for (const slots of translations) {
    const units = slots.map(({ parameter, axis }) => known(parameter)[axis] ?? 1)
    const other = slots.find((_, i) => units[i] !== units[0])
    if (other !== undefined) {
      throw new RangeError(`gauges: "${other.parameter}" has shape [${known(other.parameter).join(', ')}], expected ${units[0]} along axis ${other.axis}, as "${slots[0]?.parameter}" has that is shifted with it`)
    }
  }
  for (const [name, axes] of mixed) {
    const shape = known(name)
    for (const { axis, tile, count } of axes) {
      if (shape[axis] !== tile * count) {
        throw new RangeError(`gauges: "${name}" has shape [${shape.join(', ')}], expected ${count} times ${tile} along axis ${axis}, all of it turned`)
      }
    }
  }
}
