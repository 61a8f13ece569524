/** A TensorFlow.js backend and what its numbers are worth. */
export interface Backend {
  readonly kind: 'backend'
  readonly name: string
  readonly precision: 'float64' | 'float32'
  /** Distance from 1 to the next number it stores. */
  readonly epsilon: number
  /** Registers the backend with TensorFlow.js and makes it the active one; safe to call again. */
  install(): Promise<void>
}

/** The plugin as it was written. */
export function defineBackend(backend: Backend): Backend {
  return backend
}
