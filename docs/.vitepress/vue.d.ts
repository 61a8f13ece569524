declare module '*.vue' {
  import type { Component } from 'vue'
  const component: Component
  export { component as default }
}

declare module '*.svg?url' {
  const address: string
  export { address as default }
}
