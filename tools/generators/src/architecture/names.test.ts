import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing'
import { expect, test } from 'vitest'
import { namesOf } from './names.ts'

test('spells a name in every way that a package needs', () => {
  expect(namesOf(createTreeWithEmptyWorkspace(), 'conv-2d-causal')).toEqual({
    name: 'conv-2d-causal',
    identifier: 'conv2dCausal',
    typeName: 'Conv2dCausal',
    packageName: '@dead-directions/arch-conv-2d-causal',
    folder: 'packages/architectures/conv-2d-causal',
  })
})

test.each(['', 'Demo', 'two_words', 'two words', '2d', 'a--b', 'a-', '../linear', '@scope/name'])('refuses %j, which is not kebab-case, in one line', name => {
  expect(() => namesOf(createTreeWithEmptyWorkspace(), name)).toThrow(/^name: got ".*", expected lower-case words joined by "-", for instance gated-linear-attention$/)
})

test.each(['class', 'let', 'await', 'eval', 'rate', 'spec', 'index', 'create-registry'])('refuses %s, which would hide something else', name => {
  expect(() => namesOf(createTreeWithEmptyWorkspace(), name)).toThrow(/^name: got ".*", expected a name that is neither/)
})

test('refuses a name that is taken', () => {
  const tree = createTreeWithEmptyWorkspace()
  tree.write('packages/architectures/linear/package.json', '{}')
  expect(() => namesOf(tree, 'linear')).toThrow('name: got "linear", expected a new name: packages/architectures/linear exists')
})
