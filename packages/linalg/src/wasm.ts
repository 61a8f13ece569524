/** Instantiates a base64 module without imports, or returns undefined where the host cannot (no WebAssembly SIMD). */
export function instantiate<Exports>(base64: string): Exports | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Exports
  } catch {
    return undefined
  }
}
