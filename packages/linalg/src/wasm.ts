/** Compiles a base64 module. */
export function compile(base64: string): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)))
}

/** Instantiates a base64 module without imports, or returns undefined where the host cannot (no WebAssembly SIMD). */
export function instantiate<Exports>(base64: string): Exports | undefined {
  try {
    return new WebAssembly.Instance(compile(base64)).exports as unknown as Exports
  } catch {
    return undefined
  }
}
