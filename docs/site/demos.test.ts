import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import type { DemoMeta } from '../demos/shell/meta-schema.ts'
import { writeFixture } from '../test/fixture.ts'
import { faultsOfText, leave, readingOf, settled, visit } from './visit.ts'

const names = readdirSync(join(import.meta.dirname, '..', 'demos'), { withFileTypes: true }).filter(entry => entry.isDirectory() && entry.name !== 'shell').map(({ name }) => name)
const demos = await Promise.all(
  names.map(async name => {
    const { meta } = (await import(`../demos/${name}/meta.ts`)) as { meta: DemoMeta }
    const { code } = (await import(`../demos/${name}/code.ts`)) as { code: (state: object) => string }
    return { name, meta, code }
  }),
)

afterAll(leave)

const press = (page: Page, what: string): Promise<void> => page.locator(`button[data-do="${what}"]`).click()

describe.each(demos)('$name', ({ name, meta, code }) => {
  test('opens in a worker without a complaint, with marks in every picture and nothing that differs, and copies its code', async () => {
    const { page, complaints, close } = await visit(`demos/${name}/`, 1280, { permissions: ['clipboard-read', 'clipboard-write'] })
    await settled(page, name)
    const lines = [...(await readingOf(page, name)).values()]
    expect(lines.filter(({ verdict }) => verdict === 'differs')).toEqual([])
    const marks = await page.locator('.picture svg').evaluateAll(pictures => pictures.map(svg => svg.querySelectorAll('path, circle, rect, line').length))
    expect(Math.min(...marks)).toBeGreaterThan(5)
    expect(await faultsOfText(page)).toEqual([])
    expect(page.workers()).toHaveLength(1)
    await press(page, 'copy')
    await page.locator('.demo .code').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code(Object.fromEntries(meta.parameters.map(parameter => [parameter.name, parameter.default]))))
    expect(complaints).toEqual([])
    await close()
  })

  test('on a phone a step moves the reading and the address, which opens in the same state again; reset goes back; play goes on until it is paused', async () => {
    const { page, complaints, close } = await visit(`demos/${name}/`, 390)
    await settled(page, name)
    expect(await faultsOfText(page)).toEqual([])
    const fingerprint = (): Promise<string> => page.locator('.demo').evaluate(demo => `${demo.querySelector('.reading')?.textContent}${demo.querySelector('.pictures')?.innerHTML}`)
    const before = await fingerprint()
    await press(page, 'step')
    await settled(page, name)
    expect(new URL(page.url()).searchParams.has(meta.play.parameter)).toBe(true)
    const after = await fingerprint()
    expect(after).not.toBe(before)
    await page.reload()
    await settled(page, name)
    expect(await fingerprint()).toBe(after)
    await press(page, 'reset')
    await settled(page, name)
    expect(new URL(page.url()).search).toBe('')
    expect(await fingerprint()).toBe(before)
    await press(page, 'play')
    const values = new Set<string>()
    while (values.size < 3) values.add(await page.waitForFunction((seen: string[]) => (seen.includes(location.search) || location.search === '' ? null : location.search), [...values]).then(handle => handle.jsonValue() as Promise<string>))
    await press(page, 'play')
    await settled(page, name)
    expect(complaints).toEqual([])
    await close()
  })
})

describe('what a control does', () => {
  test('dragging θ towards the truth brings the slope of the mixture to 2(k-1)', async () => {
    const { page, close } = await visit('demos/kl-landscape/?family=mixture&theta=0.7')
    await settled(page, 'kl-landscape')
    expect((await readingOf(page, 'kl-landscape')).get('slope of log F at θ')?.verdict).toBe('differs')
    const picture = page.locator('.picture.draggable').nth(1)
    const box = (await picture.locator('svg').boundingBox())!
    await page.mouse.move(box.x + 0.8 * box.width, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + 0.4 * box.width, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
    await settled(page, 'kl-landscape')
    const line = (await readingOf(page, 'kl-landscape')).get('slope of log F at θ')
    expect(line?.verdict).toBe('agrees')
    expect(Math.abs(line!.estimate - 2)).toBeLessThan(line!.tolerance)
    await close()
  })

  test('the arrow keys move a slider by one step, and λ of a fibre with it', async () => {
    const { page, close } = await visit('demos/selection-rule/')
    await settled(page, 'selection-rule')
    await page.locator('#selection-rule-k1').focus()
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(/k1=3/)
    await settled(page, 'selection-rule')
    const line = (await readingOf(page, 'selection-rule')).get('λ from the volumes')
    expect(line?.exact).toBeCloseTo(1 / 6 + 1 / 2, 12)
    expect(line?.verdict).toBe('agrees')
    await close()
  })

  test('a polynomial that is typed in gets its threshold', async () => {
    const { page, close } = await visit('demos/newton-polygon/')
    await settled(page, 'newton-polygon')
    await page.locator('#newton-polygon-divergence').fill('x^8 + y^2')
    await page.keyboard.press('Enter')
    await page.waitForURL(/divergence=/)
    await settled(page, 'newton-polygon')
    expect((await readingOf(page, 'newton-polygon')).get('λ')).toMatchObject({ estimate: 5 / 8, exact: 5 / 8, verdict: 'agrees' })
    await close()
  })

  test('an address that does not fit is named, and so is input that is none', async () => {
    const { page, close } = await visit('demos/newton-polygon/?h=99&divergence=1%2Bx')
    await page.locator('[data-phase="failed"]').waitFor()
    expect(await page.locator('[role="alert"]').textContent()).toBe('expression: got 1 at the origin, expected 0 there')
    await page.goto(page.url().replace('&divergence=1%2Bx', ''))
    await settled(page, 'newton-polygon')
    expect(await page.locator('[role="alert"]').textContent()).toBe('h: got "99", expected a number from 0 to 6')
    await close()
  })

  test('an arc that is clicked, or pressed from the keyboard, becomes a skip, and the rates follow', async () => {
    const { page, close } = await visit('demos/residual-graph/')
    await settled(page, 'residual-graph')
    const rate = async (): Promise<number | null | undefined> => (await readingOf(page, 'residual-graph')).get('gradient rate at layer 3')?.exact
    expect(await rate()).toBe(4)
    const arc = page.getByRole('checkbox', { name: 'skip from layer 3 to layer 5', exact: true })
    await arc.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/skips=1-3(%20|\+)3-5/)
    await settled(page, 'residual-graph')
    expect(await rate()).toBe(0)
    expect(await arc.getAttribute('aria-checked')).toBe('true')
    const lines = [...(await readingOf(page, 'residual-graph')).values()]
    expect(lines.map(({ verdict }) => verdict)).toEqual(lines.map(() => 'agrees'))
    await close()
  })

  test('a dropped folder is read in the page, and nothing is sent', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dropped-'))
    await writeFixture(folder)
    const { page, complaints, close } = await visit('demos/checkpoint-report/')
    await settled(page, 'checkpoint-report')
    const sent: string[] = []
    page.on('request', request => request.method() !== 'GET' && sent.push(request.url()))
    await page.locator('#checkpoint-report-files').setInputFiles(['network.json', 'weights.safetensors', 'inputs.npy'].map(name => join(folder, 'runs', 'student', name)))
    await page.getByText('3 files read in this page').waitFor()
    await settled(page, 'checkpoint-report')
    expect(await page.locator('.note').allTextContents()).toContain('64 inputs from the folder.')
    expect(await page.locator('.picture svg').count()).toBeGreaterThan(1)
    const [report] = await Promise.all([page.waitForEvent('download'), page.getByText('save it as report.html').click()])
    expect(report.suggestedFilename()).toBe('report.html')
    await report.saveAs(join(folder, 'report.html'))
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('Your checkpoint')
    expect(sent).toEqual([])
    await page.locator('#checkpoint-report-files').setInputFiles([join(folder, 'runs', 'student', 'network.json')])
    await page.locator('[data-phase="failed"]').waitFor()
    expect(await page.locator('[role="alert"]').textContent()).toContain('weights.safetensors')
    expect(complaints).toEqual([])
    await rm(folder, { recursive: true })
    await close()
  })

  test('a long training shows its progress, is cancelled, and goes on from a click', async () => {
    const { page, close } = await visit('demos/live-training/')
    await settled(page, 'live-training')
    await page.locator('#live-training-steps').press('End')
    await page.locator('#live-training-hidden').press('ArrowRight')
    await page.locator('.demo progress').waitFor()
    await press(page, 'cancel')
    await page.locator('[data-phase="cancelled"]').waitFor()
    await press(page, 'reset')
    await settled(page, 'live-training')
    expect((await readingOf(page, 'live-training')).get('unseen direction, size / size at the start')?.verdict).toBe('agrees')
    await close()
  })

  test('without WebGPU a training says so and computes in float64', async () => {
    const { page, close } = await visit('demos/live-training/?steps=0')
    await settled(page, 'live-training')
    await page.locator('#live-training-device').selectOption('webgpu')
    await page.waitForURL(/device=webgpu/)
    await settled(page, 'live-training')
    expect((await page.locator('.note').allTextContents())[0]).toMatch(/^(No WebGPU here \(.*\): computed in float64 on the CPU instead\.|Computed in float32, by WebGPU)/)
    await close()
  })
})
