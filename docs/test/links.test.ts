import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { brokenLinks, linkCount } from '../src/links.ts'
import { findPages } from '../src/sample.ts'

const root = resolve(import.meta.dirname, '..', '..')
const pages = findPages(root)

test.each(pages)('every link of %s leads somewhere', page => expect(brokenLinks(root, page)).toEqual([]))

test('pages link to each other', () => expect(pages.reduce((total, page) => total + linkCount(root, page), 0)).toBeGreaterThan(30))
