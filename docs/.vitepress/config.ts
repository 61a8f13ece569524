import { defineConfig } from 'vitepress'
import { apiPages, demoPages, guidePages, theoryPages } from './navigation.ts'
import { outsideLinks } from './outside-links.ts'

const conditions = ['@dead-directions/source', 'module', 'browser', 'import', 'default']

const api = apiPages()

const sidebar = [
  { text: 'Start here', link: '/start-here' },
  { text: 'Guide', items: guidePages() },
  { text: 'Theory', items: theoryPages() },
  {
    text: 'Plugin authoring',
    items: [
      { text: 'A primitive of your own', link: '/guide/your-own-primitive' },
      { text: 'A complete worked plugin', link: '/packages/example-depthwise-convolution' },
    ],
  },
  { text: 'Live demos', link: '/demos/', items: demoPages() },
  {
    text: 'Reference',
    items: [
      ...(api.length === 0 ? [] : [{ text: 'API', link: '/api/' }]),
      { text: 'Packages', link: '/packages/' },
      { text: 'What works', link: '/FEATURES' },
      { text: 'Measured numbers', link: '/numbers' },
    ],
  },
]

// A site under a sub-path is built with DOCS_BASE=/sub/path/.
const base = process.env['DOCS_BASE'] ?? '/'

const config = defineConfig({
  title: 'Dead Directions',
  description: 'Geometric singular learning in TypeScript: dead directions, their orders and Watanabe’s invariants, read from checkpoints.',
  base,
  head: [['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }]],
  srcExclude: ['examples/**', 'test/**', 'src/**', 'site/**'],
  // A page loads what it shows, and nothing of the pages that it links to.
  router: { prefetchLinks: false },
  markdown: { math: true, config: markdown => outsideLinks(markdown) },
  themeConfig: {
    nav: [
      { text: 'Start here', link: '/start-here' },
      { text: 'Guide', link: '/guide/reading-a-checkpoint', activeMatch: '^/guide/' },
      { text: 'Theory', link: '/theory/core-geometry', activeMatch: '^/theory/' },
      { text: 'Demos', link: '/demos/', activeMatch: '^/demos/' },
      { text: 'Packages', link: '/packages/', activeMatch: '^/packages/' },
    ],
    sidebar: { '/': sidebar, '/api/': [{ text: 'API', link: '/api/', items: api }, { text: 'Everything else', link: '/start-here' }] },
    outline: [2, 3],
    search: { provider: 'local' },
  },
  vite: {
    resolve: { conditions },
    ssr: { resolve: { conditions: ['@dead-directions/source', 'node', 'import', 'default'] } },
    worker: { format: 'es' },
    build: { chunkSizeWarningLimit: 4000 },
  },
})

export { config as default }
