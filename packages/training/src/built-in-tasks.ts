import { BadInput } from '@dead-directions/registry'
import { deepLinear } from './deep-linear.ts'
import { modularAddition } from './modular-addition.ts'
import type { Task } from './task.ts'
import { teacherStudent } from './teacher-student.ts'

/** Name of a built-in task. */
export type TaskName = 'modular-addition' | 'teacher-student' | 'deep-linear'

const tasks: Readonly<Record<TaskName, (options: Readonly<Record<string, unknown>>) => Task>> = {
  'modular-addition': modularAddition,
  'teacher-student': teacherStudent,
  'deep-linear': deepLinear,
}

/** The names of {@link TaskName}. */
export const taskNames: readonly TaskName[] = Object.keys(tasks) as TaskName[]

/**
 * A built-in task by name.
 *
 * @param options those of {@link modularAddition}, {@link teacherStudent} or {@link deepLinear}
 * @throws BadInput naming the wrong option, or for a name that is not known
 * @example
 * import { createTask } from '@dead-directions/training'
 * createTask('deep-linear', { layers: 2 }).options['width'] // 4
 */
export function createTask(name: string, options: Readonly<Record<string, unknown>> = {}): Task {
  if (!taskNames.includes(name as TaskName)) throw new BadInput('task', name, `one of ${taskNames.join(', ')}`)
  const make = tasks[name as TaskName]
  const known = Object.keys(make({}).options)
  for (const [option, value] of Object.entries(options)) {
    if (!known.includes(option)) throw new BadInput(`${name}.${option}`, value, `one of the options ${known.join(', ')}`)
  }
  return make(options)
}
