import { openPool, type ReadoutTask } from '@dead-directions/parallel'

// A process with a worker of its own: it answers each message of readouts once they are done.
const pool = openPool({ threads: 1 })
process.on('message', async (tasks: readonly ReadoutTask[]) => {
  await pool.map('readout', tasks)
  process.send!('done')
})
process.send!('ready')
