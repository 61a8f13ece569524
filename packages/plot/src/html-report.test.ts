import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { htmlReport, type HtmlReport } from './html-report.ts'
import { nodeDocument } from './node.ts'
import { spectrumChart } from './spectrum-chart.ts'

const empty: HtmlReport = { title: 'Readout', summary: [], warnings: [], sections: [] }
const section = { heading: 'Layers', paragraphs: [], charts: [] }
const page = (report: Partial<HtmlReport>) => htmlReport({ ...empty, ...report })
const open = (report: Partial<HtmlReport>) => parseHTML(page(report)).document
const chart = spectrumChart({ title: 'Spectra', layers: [{ name: 'fc1', values: [2, 1] }] }, { document: nodeDocument() })

describe('hostile text', () => {
  const hostile = `</title></style></script><script>alert(1)</script><img src=x onerror="alert(1)"> ' & é`
  const report: HtmlReport = {
    title: hostile,
    subtitle: hostile,
    summary: [{ label: hostile, value: hostile }],
    warnings: [hostile],
    sections: [{ heading: hostile, paragraphs: [hostile], table: { columns: [hostile], rows: [[hostile]] }, charts: [] }],
    data: { [hostile]: hostile },
  }

  it('stays text wherever it stands', () => {
    const text = htmlReport(report)
    const document = parseHTML(text).document
    expect(document.querySelectorAll('script, img')).toHaveLength(0)
    expect(text).not.toMatch(/<script|<img/i)
    for (const place of ['h1', '.subtitle', 'dt', 'dd', '.warnings li', 'nav a[href="#section-1"]', 'main h2[id="section-1-name"]', '.body p', 'th[scope=col]', 'th[scope=row]'])
      expect(document.querySelector(place)?.textContent, place).toBe(hostile)
    expect(document.querySelector('.table')?.getAttribute('aria-label')).toBe(`Table: ${hostile}`)
  })

  it('comes back unchanged from the data', () => {
    expect(download(htmlReport(report))).toEqual({ [hostile]: hostile })
  })
})

const download = (text: string): unknown => {
  const href = parseHTML(text).document.querySelector('a[download]')?.getAttribute('href') ?? ''
  return JSON.parse(decodeURIComponent(href.slice(href.indexOf(',') + 1)))
}

describe('data', () => {
  it('keeps typed arrays as lists and numbers JSON has no word for as strings', () => {
    expect(download(page({ data: { x: Float64Array.of(1.5, NaN), y: -Infinity, lone: '\ud800' } }))).toEqual({ x: [1.5, 'NaN'], y: '-Infinity', lone: '\ud800' })
  })

  it('is left out when there is none, and null is some', () => {
    expect(page({})).not.toContain('download=')
    expect(download(page({ data: null }))).toBe(null)
  })

  it('that JSON cannot hold is refused', () => {
    expect(() => page({ data: () => 1 })).toThrow(new TypeError('data: got a function, expected a value that JSON can hold'))
  })
})

describe('page', () => {
  const document = open({
    warnings: ['careful'],
    sections: [{ ...section, charts: [chart] }, { ...section, heading: 'More' }],
    data: {},
  })

  it('asks nothing of the network and forbids scripts', () => {
    const text = page({ sections: [{ ...section, charts: [chart] }], data: { a: 1 } })
    expect(text.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|src=|@import|url\(/)
    expect(document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content')).toContain("default-src 'none'")
  })

  it('has its landmarks, one first heading and no skipped level', () => {
    for (const landmark of ['header', 'nav', 'main', 'footer']) expect(document.querySelectorAll(landmark), landmark).toHaveLength(1)
    const levels = Array.from(document.querySelectorAll('h1,h2,h3,h4,h5,h6'), heading => Number(heading.localName[1]))
    expect(levels.filter(level => level === 1)).toHaveLength(1)
    levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1))
    expect(document.documentElement.getAttribute('lang')).toBe('en')
  })

  it('links its contents, labels and skip link to what exists', () => {
    const ids = Array.from(document.querySelectorAll('[id]'), element => element.getAttribute('id') ?? '')
    expect(new Set(ids).size).toBe(ids.length)
    const links = Array.from(document.querySelectorAll('a[href^="#"]'), link => link.getAttribute('href')?.slice(1))
    const labels = Array.from(document.querySelectorAll('[aria-labelledby],[aria-describedby]')).flatMap(element =>
      ['aria-labelledby', 'aria-describedby'].flatMap(name => element.getAttribute(name) ?? []),
    )
    expect(links).toEqual(['content', 'warnings', 'section-1', 'section-2'])
    for (const target of [...links, ...labels]) expect(ids).toContain(target)
  })

  it('opens every section and lets it be closed', () => {
    expect(document.querySelectorAll('main details[open] > summary > h2')).toHaveLength(2)
  })

  it('is the same bytes for the same report', () => {
    expect(page({ data: { a: 1 } })).toBe(page({ data: { a: 1 } }))
  })
})

describe('charts', () => {
  it('keep unique identifiers when one stands in the page three times', () => {
    const document = open({ sections: [{ ...section, charts: [chart, chart] }, { ...section, charts: [chart] }] })
    const pictures = Array.from(document.querySelectorAll('svg'))
    expect(new Set(pictures.map(picture => picture.getAttribute('id'))).size).toBe(3)
    for (const picture of pictures) {
      expect(picture.querySelector('title')?.getAttribute('id')).toBe(picture.getAttribute('aria-labelledby'))
      expect(picture.querySelector('desc')?.getAttribute('id')).toBe(picture.getAttribute('aria-describedby'))
    }
    const ids = Array.from(document.querySelectorAll('[id]'), element => element.getAttribute('id'))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('have to be SVG', () => {
    expect(() => page({ sections: [{ ...section, charts: ['<img src=x>'] }] })).toThrow(
      new TypeError('sections[0].charts[0]: got "<img src=x>", expected a string that begins with <svg'),
    )
  })
})

describe('tables', () => {
  const table = { columns: ['layer', 'rate', 'state'], rows: [['fc1', 2.000000123, 'dead'], ['fc2', '−4.0 ± 0.1', 'alive'], ['fc3', 1234567, 'alive']] }
  const cells = Array.from(open({ sections: [{ ...section, table }] }).querySelectorAll('td'))

  it('set columns of numbers flush right and words left', () => {
    expect(cells.map(cell => cell.classList.contains('number'))).toEqual([true, false, true, false, true, false])
  })

  it('show six digits and keep the exact number', () => {
    expect(cells[0]?.textContent).toBe('2.00000')
    expect(cells[0]?.querySelector('data')?.getAttribute('value')).toBe('2.000000123')
    expect(cells[4]?.textContent).toBe('1234567')
  })

  it('name the row that is too short', () => {
    expect(() => page({ sections: [{ ...section, table: { columns: ['a', 'b'], rows: [['x']] } }] })).toThrow(
      new RangeError('sections[0].table.rows[0]: got 1 cells, expected 2, as many as there are columns'),
    )
  })
})
