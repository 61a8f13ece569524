import type { DemoMeta, Parameter } from './meta-schema.ts'

/** The value of a control. */
export type Value = number | string | boolean
/** Every control of a demo by its name. */
export type State = Readonly<Record<string, Value>>

/** The state in which a demo opens. */
export function defaultState({ parameters }: Pick<DemoMeta, 'parameters'>): State {
  return Object.fromEntries(parameters.map(parameter => [parameter.name, parameter.default]))
}

/** The state that an address holds, with a line for each part that does not fit and was left at its default. */
export function stateFrom({ parameters }: Pick<DemoMeta, 'parameters'>, query: URLSearchParams): { readonly state: State; readonly problems: readonly string[] } {
  const problems: string[] = []
  const entries = parameters.map(parameter => {
    const text = query.get(parameter.name)
    if (text === null) return [parameter.name, parameter.default] as const
    const value = valueFrom(parameter, text)
    if (value === undefined) problems.push(`${parameter.name}: got ${JSON.stringify(text)}, expected ${expected(parameter)}`)
    return [parameter.name, value ?? parameter.default] as const
  })
  return { state: Object.fromEntries(entries), problems }
}

/** The part of an address that {@link stateFrom} reads back: every control that differs from its default. */
export function queryOf({ parameters }: Pick<DemoMeta, 'parameters'>, state: State): URLSearchParams {
  return new URLSearchParams(parameters.filter(({ name, default: initial }) => state[name] !== initial).map(({ name }) => [name, String(state[name])]))
}

/** A control's value from its text, or `undefined` when it is none. */
export function valueFrom(parameter: Parameter, text: string): Value | undefined {
  switch (parameter.kind) {
    case 'number':
      return text.trim() !== '' && Number(text) >= parameter.min && Number(text) <= parameter.max ? Number(text) : undefined
    case 'seed':
      return /^\d{1,9}$/.test(text) ? Number(text) : undefined
    case 'choice':
      return parameter.options.some(({ value }) => value === text) ? text : undefined
    case 'toggle':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'text':
      return text.length <= parameter.longest ? text : undefined
  }
}

function expected(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'number':
      return `a number from ${parameter.min} to ${parameter.max}`
    case 'seed':
      return 'a whole number of at most nine digits'
    case 'choice':
      return `one of ${parameter.options.map(({ value }) => value).join(', ')}`
    case 'toggle':
      return 'true or false'
    case 'text':
      return `a text of at most ${parameter.longest} letters`
  }
}

type Numeric = Extract<Parameter, { kind: 'number' }>

/** Where a value stands on its slider: itself, or its decade. */
export function sliderPosition({ scale }: Numeric, value: number): number {
  return scale === 'log' ? Math.log10(value) : value
}

/** The value at a place of the slider, on the grid of its steps and inside its ends. */
export function valueAt(parameter: Numeric, position: number): number {
  const [from, to] = [sliderPosition(parameter, parameter.min), sliderPosition(parameter, parameter.max)]
  const snapped = Math.min(to, Math.max(from, from + Math.round((position - from) / parameter.step) * parameter.step))
  return Number((parameter.scale === 'log' ? 10 ** snapped : snapped).toPrecision(6))
}

/** The state one step further along the demo's own parameter; from its last value on to the first. */
export function stepped(meta: DemoMeta, state: State): State {
  const parameter = meta.parameters.find(({ name }) => name === meta.play.parameter)
  if (parameter?.kind === 'seed') return { ...state, [parameter.name]: (state[parameter.name] as number) + 1 }
  if (parameter?.kind === 'choice') {
    const at = parameter.options.findIndex(({ value }) => value === state[parameter.name])
    return { ...state, [parameter.name]: (parameter.options[(at + 1) % parameter.options.length] as { value: string }).value }
  }
  if (parameter?.kind !== 'number') throw new RangeError(`play.parameter: got ${meta.play.parameter}, expected the name of a number, a seed or a choice`)
  const here = state[parameter.name] as number
  const [step, first] = meta.play.backwards ? [-parameter.step, parameter.max] : [parameter.step, parameter.min]
  const next = valueAt(parameter, sliderPosition(parameter, here) + step)
  return { ...state, [parameter.name]: next === here ? first : next }
}
