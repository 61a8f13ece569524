import fc from 'fast-check'

// The same cases in every run; another FAST_CHECK_SEED looks at others.
fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 1) })
