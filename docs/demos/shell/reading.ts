/** A number that was read, beside the exact one. */
export interface ReadLine {
  readonly name: string
  readonly estimate: number
  /** Standard error, or a bound on the numerical error; 0 where the value is exact. */
  readonly error: number
  /** What theory says, or `null` where it says nothing. */
  readonly exact: number | null
  /** The exact number in words, such as `3/4`. */
  readonly exactText?: string
  /** How far the estimate may lie from the exact number. */
  readonly tolerance: number
}

/** A number that was not read, and why. */
export interface RefusedLine {
  readonly name: string
  readonly refused: string
}

/** A line of a demo's reading. */
export type Line = ReadLine | RefusedLine

/** Whether an estimate lies within the tolerance of the exact number; `null` where there is none to compare with. */
export function agrees(line: Line): boolean | null {
  if ('refused' in line || line.exact === null) return null
  return Math.abs(line.estimate - line.exact) <= line.tolerance
}

/** A number as the panel shows it: six digits, powers of ten where it is very small or large. */
export function shown(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(6))).replace('-', '−')
  const [mantissa, power] = value.toExponential(3).split('e') as [string, string]
  const ten = `10${Array.from(power, letter => superscripts[letter] ?? '').join('')}`
  return (Number(mantissa) === 1 ? ten : `${Number(mantissa)}·${ten}`).replace('-', '−')
}

const superscripts: Readonly<Record<string, string>> = { '-': '⁻', '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹' }

/** What a demo computes: the lines of its panel, and whatever its picture needs. */
export interface Outcome {
  readonly lines: readonly Line[]
  /** Sentences under the panel. */
  readonly notes?: readonly string[]
  /** A page that the reader may keep. */
  readonly page?: OfferedPage
}

/** An HTML page that a demo made, and its name as a file. */
export interface OfferedPage {
  readonly name: string
  readonly html: string
}

/** A picture, and how dragging in it moves a control. */
export interface Picture {
  readonly svg: string
  /** The control that moves with the pointer between two places of the picture. */
  readonly drag?: Drag
}

/** The horizontal span of a picture, in its own pixels, over which a control moves between its ends. */
export interface Drag {
  readonly parameter: string
  readonly left: number
  readonly right: number
  /** Value of the control at `left` and `right`; geometric between them on a `log` scale. */
  readonly from: number
  readonly to: number
  readonly scale: 'linear' | 'log'
}

/**
 * Called between parts of a long computation: shows how far it is, and what it has so far, and stops it when the reader asked for another.
 *
 * @throws Superseded
 */
export type Pace<Result> = (done: number, of: number, partial?: Result) => Promise<void>

/** What is thrown where a computation is no longer wanted. */
export class Superseded extends Error {}

/** A dropped file. */
export interface DroppedFile {
  /** Path below the dropped folder. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** What a demo draws with. */
export interface Canvas {
  readonly document: Document
  /** Width of a picture in pixels. */
  readonly width: number
}

/** A demo's `model.ts`: from the controls to the outcome, at the page's pace. */
export type Compute<S, O extends Outcome> = (state: S, pace: Pace<O>, files: readonly DroppedFile[]) => O | Promise<O>

/** A demo's `view.ts`. */
export type Draw<S, O extends Outcome> = (outcome: O, state: S, canvas: Canvas) => readonly Picture[]

/** The pace of a computation that nobody watches. */
export const unwatched: Pace<unknown> = async () => {}
