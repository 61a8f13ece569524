/**
 * `eslint.config.js` with the layer of a new primitive: its row in the table, and its name among the preset's imports.
 *
 * @throws Error when the table has no primitive to put it behind
 */
export function withLayer(config: string, name: string): string {
  const table = insertBehindLast(config, /^ *'arch-[a-z0-9-]+': \[[^\]]*\],\n/gm, `  'arch-${name}': ['registry', 'autodiff'],\n`, 'eslint.config.js: a row of a primitive in layers')
  const preset = /^ *'dead-directions': \[[^\]]*\]/m.exec(table)
  const list = preset?.[0] ?? ''
  const longer = list.replace(/.*[[,](\s*)'arch-[a-z0-9-]+',/s, (before, gap: string) => `${before}${gap || ' '}'arch-${name}',`)
  if (preset === null || longer === list) throw missing("eslint.config.js: a primitive in the list of 'dead-directions'")
  return table.slice(0, preset.index) + longer + table.slice(preset.index + list.length)
}

/**
 * `preset-registry.ts` with a new primitive imported and used.
 *
 * @throws Error when it has no import of a primitive or no `.use(…)`
 */
export function withPlugin(preset: string, packageName: string, identifier: string): string {
  const place = 'packages/dead-directions/src/preset-registry.ts'
  const imported = insertBehindLast(preset, /^import \{[^}]*\} from '@dead-directions\/arch-[a-z0-9-]+'\n/gm, `import { ${identifier} } from '${packageName}'\n`, `${place}: an import of a primitive`)
  const used = imported.replace(/\.use\((\s*)((?:[^()]|\([^()]*\))*?)(,?)(\s*)\)/, (_, open: string, plugins: string, comma: string, close: string) => `.use(${open}${plugins},${open || ' '}${identifier}${comma}${close})`)
  if (used === imported) throw missing(`${place}: a call of use`)
  return used
}

function insertBehindLast(text: string, pattern: RegExp, inserted: string, what: string): string {
  const last = [...text.matchAll(pattern)].at(-1)
  if (last === undefined) throw missing(what)
  const end = last.index + last[0].length
  return text.slice(0, end) + inserted + text.slice(end)
}

function missing(what: string): Error {
  const [file, expected] = what.split(': ')
  return new Error(`${file}: got a file without it, expected ${expected}`)
}
