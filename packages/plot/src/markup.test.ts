import { expect, it } from 'vitest'
import { escapeText, serializeSvg } from './markup.ts'
import { nodeDocument } from './node.ts'

it('escapes what markup would read and replaces what XML forbids', () => {
  expect(escapeText(`<a href="x">&'</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;')
  expect(escapeText('a\u0000b\u001bc\ud800d😀\n')).toBe('a\ufffdb\ufffdc\ufffdd😀\n')
})

it('writes attributes in one order and coordinates to a thousandth of a pixel', () => {
  const document = nodeDocument()
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'linearGradient')
  element.setAttribute('x', '49.99999999999999')
  element.setAttribute('transform', 'translate(1.23456,-2e-15)')
  element.setAttribute('aria-label', '<0.123456>')
  element.append(document.createTextNode('a & b'), document.createComment('gone'))
  expect(serializeSvg(element)).toBe('<linearGradient aria-label="&lt;0.123456&gt;" transform="translate(1.235,0)" x="50">a &amp; b</linearGradient>')
})
