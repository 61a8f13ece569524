import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { buildSite } from './build-site.ts'
import { serve } from './serve.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** First page of the site that is tested. */
    url: string
    /** Where its browser listens. */
    browser: string
    /** Folder of the built site. */
    folder: string
  }
}

/** Software rendering, and no requests of the browser's own. */
const flags = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** Builds the site under a sub-path, serves it and starts the browser that all tests share. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Plain JavaScript, since what installs the workspace needs it too.
  const { findChromium } = (await import(new URL('../../tools/setup/chromium.mjs', import.meta.url).href)) as { findChromium(): string | undefined }
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('Chromium: found none, expected one in its usual place or in the variable CHROMIUM')
  const given = process.env['DOCS_SITE']
  const folder = given === undefined ? mkdtempSync(join(tmpdir(), 'docs-site-')) : resolve(given)
  if (given === undefined) await buildSite(folder, '/sub/path/')
  const site = await serve(folder, '/sub/path/')
  const server = await chromium.launchServer({ executablePath, headless: true, args: ['--no-sandbox', ...flags] })
  project.provide('url', site.url)
  project.provide('browser', server.wsEndpoint())
  project.provide('folder', folder)
  return async () => {
    await server.close()
    await site.close()
    if (given === undefined) rmSync(folder, { recursive: true })
  }
}
