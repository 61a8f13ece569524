import type { TensorData } from '@dead-directions/registry'

/** The last channel of whatever width the inputs have, counted from the end: a sum has no width of its own. */
export function deadChannel(): number {
  return -1
}

/** A sum has no parameters: what dies on the canonical approach dies in its inputs. */
export function canonicalApproach(): Record<string, TensorData> {
  return {}
}
