import { type Component, defineAsyncComponent } from 'vue'
import DefaultTheme from 'vitepress/theme'
import type { Theme } from 'vitepress'
import './style.css'

/** VitePress's theme with the demos' component, which loads when a page shows one. */
const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('LiveDemo', defineAsyncComponent((): Promise<Component> => import('../../demos/shell/DemoFrame.vue')))
  },
}

export { theme as default }
