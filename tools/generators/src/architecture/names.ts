import type { Tree } from '@nx/devkit'

/** One primitive's name in the ways that its package spells it. */
export interface Names {
  /** `gated-linear-attention` */
  readonly name: string
  /** `gatedLinearAttention`, its value. */
  readonly identifier: string
  /** `GatedLinearAttention`, the beginning of its types' names. */
  readonly typeName: string
  /** `@dead-directions/arch-gated-linear-attention` */
  readonly packageName: string
  /** `packages/architectures/gated-linear-attention` */
  readonly folder: string
}

/** Files and imports of a generated package, and imports of the preset, that a primitive of the same name would hide. */
const used = ['approach', 'before-all', 'canonical-approach', 'checked', 'create-registry', 'dead-channel', 'define-architecture', 'expect', 'gauges', 'index', 'node-backend', 'rate', 'register-conformance-test', 'spec', 'test', 'tf', 'type']

/**
 * The names that follow from a primitive's.
 *
 * @throws RangeError when it is not kebab-case, a word of the language, or taken
 */
export function namesOf(tree: Tree, name: string): Names {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw refusal(name, 'lower-case words joined by "-", for instance gated-linear-attention')
  const typeName = name.split('-').map(word => `${word[0]?.toUpperCase()}${word.slice(1)}`).join('')
  const identifier = `${name[0]}${typeName.slice(1)}`
  if (used.includes(name) || isReserved(identifier)) throw refusal(name, 'a name that is neither a word of the language nor one that every such package uses')
  const folder = `packages/architectures/${name}`
  if (tree.exists(folder)) throw refusal(name, `a new name: ${folder} exists`)
  return { name, identifier, typeName, packageName: `@dead-directions/arch-${name}`, folder }
}

/** Asks the language itself, which knows its words. */
function isReserved(identifier: string): boolean {
  if (identifier === 'await') return true
  try {
    new Function(`'use strict'; const ${identifier} = 0`)
    return false
  } catch {
    return true
  }
}

function refusal(name: string, expected: string): RangeError {
  return new RangeError(`name: got ${JSON.stringify(name)}, expected ${expected}`)
}
