// XML 1.0 forbids these characters even escaped, so a name that holds one would make the file unreadable.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes text for HTML or XML, element content and quoted attributes alike. */
export const escapeText = (text: string): string =>
  text.replace(forbidden, '\ufffd').replace(/[&<>"']/g, char => entities[char] ?? char)

const geometry = new Set(['transform', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'dx', 'dy', 'width', 'height', 'd', 'r', 'cx', 'cy'])

/** Writes an SVG element as XML, attributes in alphabetical order: the same bytes from every DOM. */
export const serializeSvg = (element: Element): string => {
  const attributes = Array.from(element.attributes, ({ name, value }) => [name, value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ` ${name}="${escapeText(geometry.has(name) ? roundNumbers(value) : value)}"`)
  const children = Array.from(element.childNodes, child =>
    child.nodeType === 1 ? serializeSvg(child as Element) : child.nodeType === 3 ? escapeText(child.nodeValue ?? '') : '',
  )
  const name = element.localName
  return children.length === 0 ? `<${name}${attributes.join('')}/>` : `<${name}${attributes.join('')}>${children.join('')}</${name}>`
}

const roundNumbers = (value: string): string =>
  value.replace(/-?\d+\.\d{4,}(e[-+]?\d+)?|-?\d+(\.\d+)?e-\d+/g, number => String(Number(Number(number).toFixed(3)) + 0))
