import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'

/** A page of the site in a fresh profile, and what it complained of. */
export interface Visit {
  readonly page: Page
  /** Errors of the console, uncaught ones, and requests that failed or left the site. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

let browser: Browser | undefined

/** Milliseconds for one step of a page, on a machine that has other work. */
const patience = 120_000

/** Opens a page of the site, `guide/command-line.html`, in a window of the given width. */
export async function visit(path: string, width = 1280, options: Parameters<Browser['newContext']>[0] = {}): Promise<Visit> {
  browser ??= await chromium.connect(inject('browser'))
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options })
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  const complaints = listen(context, page)
  await page.goto(inject('url') + path)
  return { page, complaints, close: () => context.close() }
}

/** Ends the connection of {@link visit}. */
export async function leave(): Promise<void> {
  await browser?.close()
  browser = undefined
}

function listen(context: BrowserContext, page: Page): string[] {
  const complaints: string[] = []
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  // What a page still asks for when it is left is no failure.
  context.on('requestfailed', request => request.failure()?.errorText !== 'net::ERR_ABORTED' && complaints.push(`${request.url()}: ${request.failure()?.errorText}`))
  context.on('response', response => response.status() >= 400 && complaints.push(`${response.url()}: ${response.status()}`))
  context.on('request', request => {
    if (!request.url().startsWith(inject('url')) && !/^(data|blob):/.test(request.url())) complaints.push(`${request.url()}: leaves the site`)
  })
  return complaints
}

/** Waits until a demo's reading belongs to the state of its controls. */
export async function settled(page: Page, demo: string): Promise<void> {
  await page.locator(`[data-demo="${demo}"][data-phase="ready"]`).waitFor()
}

/** A line of a demo's reading. */
export interface SeenLine {
  readonly estimate: number
  readonly exact: number | null
  readonly tolerance: number
  readonly verdict: string
}

/** The lines of a demo's reading by their names; refused ones are left out. */
export async function readingOf(page: Page, demo: string): Promise<ReadonlyMap<string, SeenLine>> {
  const lines = await page.locator(`[data-demo="${demo}"] tr[data-line]`).evaluateAll(rows =>
    rows.flatMap(row => {
      const cell = (name: string): string | null => row.querySelector(`[data-cell="${name}"]`)?.getAttribute('data-value') ?? null
      const estimate = cell('estimate')
      if (estimate === null) return []
      const exact = cell('exact')
      return [[row.getAttribute('data-line') as string, { estimate: Number(estimate), exact: exact === null ? null : Number(exact), tolerance: Number(cell('within')), verdict: row.getAttribute('data-verdict') as string }] as const]
    }),
  )
  return new Map(lines)
}

/** Words in charts that touch each other or leave their picture. */
export async function faultsOfText(page: Page): Promise<readonly string[]> {
  return page.locator('.picture svg').evaluateAll(pictures =>
    pictures.flatMap(svg => {
      const frame = svg.getBoundingClientRect()
      const words = Array.from(svg.querySelectorAll('text'), text => ({ text: text.textContent ?? '', box: text.getBoundingClientRect() })).filter(({ box }) => box.width > 0)
      const outside = words.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).map(({ text }) => `${text}: leaves its picture`)
      // A line's box is higher than its letters.
      const touch = (a: DOMRect, b: DOMRect): boolean => a.left < b.right && b.left < a.right && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3
      const pairs = words.flatMap((a, i) => words.slice(i + 1).filter(b => touch(a.box, b.box)).map(b => `${a.text} | ${b.text}: touch`))
      return [...outside, ...pairs]
    }),
  )
}
