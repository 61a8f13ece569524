export { type ArchitectureOptions, architectureGenerator } from './architecture/generator.ts'
