import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** A running static server. */
export interface Served {
  /** Address of the site's first page, with a closing slash. */
  readonly url: string
  close(): Promise<void>
}

/** Serves a folder under a sub-path, as any static host would; everything outside the sub-path is not found. */
export async function serve(folder: string, base: string): Promise<Served> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const within = path.startsWith(base) ? normalize(path.slice(base.length)) : '..'
    const file = within.endsWith('/') || within === '.' ? join(within, 'index.html') : within
    if (file.startsWith('..')) return void response.writeHead(404).end()
    readFile(join(folder, file)).then(
      bytes => response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}${base}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
