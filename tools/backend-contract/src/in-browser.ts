import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import type { Found } from './run-backends.ts'

const root = join(import.meta.dirname, '..')
const pages = join(root, 'dist', 'page')
const wasm = dirname(createRequire(import.meta.resolve('@dead-directions/backend-wasm')).resolve('@tensorflow/tfjs-backend-wasm'))

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }

/** Runs the contract in a real Chromium, over HTTP on this machine. */
export async function runInBrowser(executablePath: string): Promise<Found> {
  await build({ root, logLevel: 'error', resolve: { conditions: ['@dead-directions/source', 'module', 'browser', 'import'] }, build: { outDir: pages, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 1e6 } })
  const server = await serve()
  const profile = await mkdtemp(join(tmpdir(), 'contract-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: flags, headless: true })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(0)
    page.on('console', message => message.type() === 'error' && process.stderr.write(`${message.text()}\n`))
    page.on('pageerror', error => process.stderr.write(`${error.message}\n`))
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction(() => 'contract' in globalThis, undefined, { timeout: 60_000 })
    return await page.evaluate(() => (globalThis as unknown as { contract: () => Promise<Found> }).contract())
  } finally {
    await context.close()
    server.close()
    await rm(profile, { recursive: true, force: true })
  }
}

/** The built page at `/`, the files of TensorFlow.js WASM at `/wasm/`. */
async function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = path.startsWith('/wasm/') ? join(wasm, path.slice('/wasm/'.length)) : join(pages, path === '/' ? 'index.html' : path)
    if (!existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>(resolve => server.listen(0, resolve))
  return server
}
