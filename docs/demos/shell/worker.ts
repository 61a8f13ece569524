// The worker that computes and draws every demo: one request at a time, and a newer one ends an older.
import { nodeDocument } from '@dead-directions/plot/node'
import type { Answer, Request, Shown } from './messages.ts'
import { type Compute, type Draw, type Outcome, type Pace, type Picture, Superseded } from './reading.ts'
import type { State } from './state.ts'

interface DemoModule {
  readonly compute: Compute<State, Outcome>
  readonly draw: Draw<State, Outcome>
}

const models = import.meta.glob<Pick<DemoModule, 'compute'>>('../*/model.ts')
const views = import.meta.glob<Pick<DemoModule, 'draw'>>('../*/view.ts')

/** Long enough to compute, short enough that a cancel is heard. */
const heardAfter = 30

let current = 0

async function answer(request: Extract<Request, { kind: 'compute' }>): Promise<void> {
  const { id, demo, state, width, files } = request
  const send = (message: Answer): void => postMessage(message)
  try {
    const [{ compute }, { draw }] = await Promise.all([moduleOf(models, demo, 'model'), moduleOf(views, demo, 'view')])
    const document = nodeDocument()
    const show = (outcome: Outcome): Shown => ({ lines: outcome.lines, notes: outcome.notes ?? [], page: outcome.page ?? null, pictures: draw(outcome, state, { document, width }).map(spoken) })
    const outcome = await compute(state, paced(id, show, send), files)
    if (id === current) send({ kind: 'done', id, shown: show(outcome) })
  } catch (error) {
    if (error instanceof Superseded) send({ kind: 'cancelled', id })
    else send({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
}

/** The picture with one name of its own: Plot labels its groups too, which an element without a role may not be. */
function spoken(picture: Picture): Picture {
  return { ...picture, svg: picture.svg.replaceAll(/ aria-label="[^"]*"/g, '') }
}

function paced(id: number, show: (outcome: Outcome) => Shown, send: (answer: Answer) => void): Pace<Outcome> {
  let heard = performance.now()
  return async (done, of, partial) => {
    if (performance.now() - heard < heardAfter && partial === undefined) return
    send({ kind: 'progress', id, done, of, partial: partial === undefined ? null : show(partial) })
    await new Promise(resolve => setTimeout(resolve))
    heard = performance.now()
    if (id !== current) throw new Superseded()
  }
}

async function moduleOf<Module>(modules: Record<string, () => Promise<Module>>, demo: string, file: string): Promise<Module> {
  const load = modules[`../${demo}/${file}.ts`]
  if (load === undefined) throw new RangeError(`demo: got ${demo}, expected the name of a folder with a ${file}.ts`)
  return load()
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  current = data.kind === 'compute' ? data.id : current + 1
  if (data.kind === 'compute') void answer(data)
})
