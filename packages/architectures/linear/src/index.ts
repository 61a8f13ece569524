export { linear, type LinearSpec, linearSpec } from './linear.ts'
