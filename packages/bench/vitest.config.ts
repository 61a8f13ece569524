import { defineConfig } from 'vitest/config'
import { sharedConfig } from '../../vitest.shared.ts'

export default defineConfig({ ...sharedConfig, root: import.meta.dirname })
