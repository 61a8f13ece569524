import { type Component, defineAsyncComponent, h } from 'vue'
import { withBase } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import type { Theme } from 'vitepress'
import landscape from '../../demos/kl-landscape/thumbnail.svg?url'
import './style.css'

/** The first demo's picture, which leads to it. */
const opening = (): unknown => h('a', { class: 'opening', href: withBase('/demos/kl-landscape/') }, h('img', { src: landscape, width: 480, height: 370, alt: 'Demo: a divergence that is flat at the true parameter' }))

/** VitePress's theme with the demos' component, which loads when a page shows one. */
const theme: Theme = {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': opening }),
  enhanceApp({ app }) {
    app.component('LiveDemo', defineAsyncComponent((): Promise<Component> => import('../../demos/shell/DemoFrame.vue')))
  },
}

export { theme as default }
