import { checked } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { embeddingSpec } from './spec.ts'

test.each([
  [{ vocabulary: 0, width: 2 }, 'spec.vocabulary: got 0'],
  [{ vocabulary: 5 }, 'spec.width: got nothing'],
  [{ vocabulary: 5, width: 2, positions: 0 }, 'spec.positions: got 0'],
  [{ vocabulary: 5, width: 2, position: 3 }, 'spec.position'],
])('refuses %j', (spec, message) => {
  expect(() => checked(embeddingSpec, spec, 'spec')).toThrow(message)
})
