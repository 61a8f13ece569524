import { escapeText } from './markup.ts'
import { reportStyle } from './report-style.ts'

/** A table of a report section. */
export interface ReportTable {
  columns: readonly string[]
  /** Rows as wide as `columns`; the first cell names its row. */
  rows: readonly (readonly (string | number)[])[]
}

/** A collapsible section of a report. */
export interface ReportSection {
  heading: string
  paragraphs: readonly string[]
  table?: ReportTable
  /** SVG strings as this package's charts return them; put into the page as they are. */
  charts: readonly string[]
}

/** Content of {@link htmlReport}. */
export interface HtmlReport {
  title: string
  subtitle?: string
  summary: readonly { label: string; value: string | number }[]
  warnings: readonly string[]
  sections: readonly ReportSection[]
  /** Put into the file as JSON behind a download link. */
  data?: unknown
}

// No script runs and nothing is fetched, whatever a name in the report holds.
const policy = "default-src 'none'; style-src 'unsafe-inline'"

/**
 * Writes a report as one self-contained HTML file that asks for nothing over the network and runs no script.
 *
 * All text is escaped; numbers in tables show six significant digits and keep the exact value in the markup.
 *
 * @param report text, tables, charts and optionally data of any JSON type (typed arrays as lists, NaN and ±Infinity as strings).
 * @returns the file's content.
 * @throws RangeError when a table's row is not as wide as its columns.
 * @throws TypeError when a chart is not an SVG string, or the data holds a cycle or a bigint.
 * @example
 * ```ts
 * import { htmlReport } from '@dead-directions/plot'
 * const page = htmlReport({
 *   title: 'Readout of model.safetensors',
 *   summary: [{ label: 'Dead directions', value: 2 }],
 *   warnings: [],
 *   sections: [{ heading: 'Layers', paragraphs: [], table: { columns: ['layer', 'rate'], rows: [['fc1', 2]] }, charts: [] }],
 *   data: { rates: [2] },
 * })
 * ```
 */
export const htmlReport = (report: HtmlReport): string => {
  const { title, subtitle, summary, warnings, sections, data } = report
  const draw = chartWriter()
  const parts = sections.map((section, i) => sectionMarkup(section, i, draw))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeText(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header>
<h1>${escapeText(title)}</h1>
${subtitle === undefined ? '' : `<p class="subtitle">${escapeText(subtitle)}</p>`}
${summary.length === 0 ? '' : `<dl class="summary">${summary.map(({ label, value }) => `<div><dt>${escapeText(label)}</dt><dd>${cellMarkup(value)}</dd></div>`).join('')}</dl>`}
</header>
${contents(report)}
<main id="content">
${warningsMarkup(warnings)}
${parts.join('\n')}
</main>
${data === undefined ? '' : `<footer><p class="download">${downloadLink(data)}</p></footer>`}
</body>
</html>
`
}

const contents = ({ sections, warnings }: HtmlReport): string => {
  const links = [
    ...(warnings.length === 0 ? [] : [['warnings', `Warnings (${warnings.length})`] as const]),
    ...sections.map(({ heading }, i) => [`section-${i + 1}`, heading] as const),
  ]
  if (links.length === 0) return ''
  const items = links.map(([id, heading]) => `<li><a href="#${id}">${escapeText(heading)}</a></li>`).join('')
  return `<nav class="contents" aria-labelledby="contents"><h2 class="contents-name" id="contents">Contents</h2><ol>${items}</ol></nav>`
}

const warningsMarkup = (warnings: readonly string[]): string =>
  warnings.length === 0
    ? ''
    : `<section class="warnings" id="warnings" aria-labelledby="warnings-name"><h2 id="warnings-name">Warnings</h2><ul>${warnings.map(warning => `<li>${escapeText(warning)}</li>`).join('')}</ul></section>`

const sectionMarkup = (section: ReportSection, position: number, draw: (svg: string, field: string) => string): string => {
  const id = `section-${position + 1}`
  const { heading, paragraphs, table, charts } = section
  const figures = charts.map((svg, i) => draw(svg, `sections[${position}].charts[${i}]`))
  return `<section class="part" id="${id}" aria-labelledby="${id}-name"><details open><summary><h2 id="${id}-name">${escapeText(heading)}</h2></summary><div class="body">
${paragraphs.map(paragraph => `<p>${escapeText(paragraph)}</p>`).join('\n')}
${table === undefined ? '' : tableMarkup(table, heading, `sections[${position}].table`)}
${figures.length === 0 ? '' : `<div class="charts">${figures.join('\n')}</div>`}
</div></details></section>`
}

const tableMarkup = ({ columns, rows }: ReportTable, name: string, field: string): string => {
  rows.forEach((row, i) => {
    if (row.length !== columns.length)
      throw new RangeError(`${field}.rows[${i}]: got ${row.length} cells, expected ${columns.length}, as many as there are columns`)
  })
  const numeric = columns.map((_, column) => 2 * rows.filter(row => isNumeric(row[column] ?? '')).length > rows.length)
  const align = (column: number) => (numeric[column] === true ? ' class="number"' : '')
  const head = columns.map((column, i) => `<th scope="col"${align(i)}>${escapeText(column)}</th>`).join('')
  const body = rows.map(row => {
    const cells = row.map((cell, i) => (i === 0 ? `<th scope="row"${align(i)}>${cellMarkup(cell)}</th>` : `<td${align(i)}>${cellMarkup(cell)}</td>`))
    return `<tr>${cells.join('')}</tr>`
  })
  return `<div class="table" role="region" aria-label="${escapeText(`Table: ${name}`)}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}

/** Numbers, and strings that begin as one or stand for none: a column mostly of these is set flush right. */
const isNumeric = (cell: string | number): boolean => typeof cell === 'number' || /^([-−+±]?\d.*|[-−+]?∞|[-–—]|)$/.test(cell.trim())

const cellMarkup = (cell: string | number): string => {
  if (typeof cell === 'string') return escapeText(cell)
  const exact = String(cell)
  const digits = exact.replace(/e.*|\D/g, '').replace(/^0+/, '').length
  const shown = Number.isFinite(cell) && !Number.isInteger(cell) && digits > 6 ? cell.toPrecision(6) : exact
  return shown === exact ? exact.replace('-', '−') : `<data value="${exact}">${shown.replace('-', '−')}</data>`
}

/** Puts charts into figures; a picture that occurs twice gets identifiers of its own the second time. */
const chartWriter = (): ((svg: string, field: string) => string) => {
  const seen = new Set<string>()
  return (svg, field) => {
    if (!svg.startsWith('<svg')) throw new TypeError(`${field}: got ${JSON.stringify(svg.slice(0, 20))}, expected a string that begins with <svg`)
    const id = /^<svg[^>]* id="([^"]+)"/.exec(svg)?.[1]
    if (id === undefined) return `<figure>${svg}</figure>`
    let name = id
    for (let copy = 2; seen.has(name); copy++) name = `${id}-${copy}`
    seen.add(name)
    return `<figure>${name === id ? svg : svg.replaceAll(`"${id}`, `"${name}`)}</figure>`
  }
}

const downloadLink = (data: unknown): string => {
  const json = JSON.stringify(data, (_, value: unknown) =>
    ArrayBuffer.isView(value) && !(value instanceof DataView)
      ? Array.from(value as unknown as ArrayLike<number | bigint>)
      : typeof value === 'number' && !Number.isFinite(value)
        ? String(value)
        : value,
  )
  if (json === undefined) throw new TypeError(`data: got a ${typeof data}, expected a value that JSON can hold`)
  return `<a download="report.json" href="data:application/json;charset=utf-8,${encodeURIComponent(json).replaceAll("'", '%27')}">Download the data (JSON, ${Math.ceil(json.length / 1024)} KiB)</a>`
}
