import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { leave, type Visit, visit } from './visit.ts'

const folder = inject('folder')
const screenshots = join(import.meta.dirname, '..', 'screenshots')
const pages = globSync('**/*.html', { cwd: folder, exclude: ['404.html', 'api/**'] }).sort()
const axe = createRequire(import.meta.url).resolve('axe-core')

afterAll(leave)

test('the site has its guide, theory, demos and reference', () => {
  for (const page of ['index', 'start-here', 'guide/reading-a-checkpoint', 'theory/core-geometry', 'demos/index', 'packages/linalg', 'FEATURES', 'numbers']) expect(pages).toContain(`${page}.html`)
})

test('every link and every file of the site is there, below its base', () => {
  const built = new Set(globSync('**/*', { cwd: folder }))
  const headings = new Map(pages.map(page => [page, new Set(Array.from(readFileSync(join(folder, page), 'utf8').matchAll(/ id="([^"]+)"/g), match => match[1] as string))]))
  const broken = pages.flatMap(page =>
    Array.from(readFileSync(join(folder, page), 'utf8').matchAll(/(?:href|src)="([^"]+)"/g), match => match[1] as string)
      .filter(target => !/^(https?:|data:|mailto:)/.test(target))
      .filter(target => {
        const { pathname, hash } = new URL(target, `http://site/sub/path/${page}`)
        const file = decodeURIComponent(pathname).replace(/^\/sub\/path\//, '').replace(/(^|\/)$/, '$1index.html')
        return !built.has(file) || (hash !== '' && headings.has(file) && !headings.get(file)!.has(decodeURIComponent(hash.slice(1))))
      })
      .map(target => `${page}: ${target}`),
  )
  expect(broken).toEqual([])
})

test('the first page loads less than 250 kB of script before a demo is opened', async () => {
  const { page, complaints, close } = await visit('')
  await page.waitForLoadState('networkidle')
  const scripts = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter(name => name.endsWith('.js')))
  const bytes = scripts.map(url => readFileSync(join(folder, url.replace(inject('url'), ''))))
  expect(scripts.length).toBeGreaterThan(2)
  expect(bytes.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(250_000)
  expect(bytes.reduce((sum, content) => sum + gzipSync(content).length, 0)).toBeLessThan(90_000)
  expect(page.workers()).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('search finds a page by a word of its text', async () => {
  const { page, complaints, close } = await visit('')
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('Control+k')
  await page.locator('.VPLocalSearchBox input').fill('multiplicity')
  await page.locator('.VPLocalSearchBox .result').first().waitFor()
  expect(await page.locator('.VPLocalSearchBox .result').count()).toBeGreaterThan(1)
  expect(complaints).toEqual([])
  await close()
})

describe.each(['light', 'dark'] as const)('in %s colours', colorScheme => {
  let seen: Visit
  beforeAll(async () => {
    if (colorScheme === 'light') rmSync(screenshots, { recursive: true, force: true })
    mkdirSync(screenshots, { recursive: true })
    seen = await visit('', 1280, { colorScheme, reducedMotion: 'reduce' })
  })
  afterAll(() => seen.close())

  // In the dark a page of each kind: what changes are colours, which the pages share.
  const shown = colorScheme === 'light' ? pages : pages.filter(page => /^(index|guide\/command-line|theory\/core-geometry|demos\/.*|packages\/linalg)\.html$/.test(page))
  test.each(shown)('%s has no serious fault of access, fits phone and desk, and has drawn marks', async path => {
    const { page, complaints } = seen
    const heard = complaints.length
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(inject('url') + path)
    // Demos inside a page start when they come into sight.
    for (const place of await page.locator('.demo-place').all()) {
      await place.scrollIntoViewIfNeeded()
      await place.locator('.demo[data-phase="ready"]').waitFor()
    }
    await page.addScriptTag({ path: axe })
    // In the dark only colours are other than in the light.
    const faults = await page.evaluate(async dark => {
      const { axe } = globalThis as unknown as { axe: { run(context: Document, options: object): Promise<{ violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[] }> } }
      const { violations } = await axe.run(document, { resultTypes: ['violations'], ...(dark ? { runOnly: ['color-contrast'] } : {}) })
      return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`)
    }, colorScheme === 'dark')
    expect(faults).toEqual([])
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBeLessThanOrEqual(width)
      await page.evaluate(() => scrollTo(0, 0))
      await page.screenshot({ path: join(screenshots, `${path.replace(/\.html$/, '').replaceAll('/', '-')}-${colorScheme}-${width}.jpg`), fullPage: true, type: 'jpeg', quality: 70 })
    }
    expect(await page.locator('.picture svg').evaluateAll(pictures => pictures.filter(svg => svg.querySelectorAll('path, circle, rect, line').length <= 5).length)).toBe(0)
    expect(complaints.slice(heard)).toEqual([])
  })
})
