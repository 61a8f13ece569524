import * as tf from '@tensorflow/tfjs'
import type { Values } from './dense.ts'
import { forgetSpares, makeSpare, takeSpare } from './spare.ts'

type BackendValues = tf.backend_util.BackendValues

interface Stored {
  readonly values: Values
  references: number
}

/** Storage of the backend: dtype `float32` is held as float64. What comes in and what is read are copies, so that arrays can be used again. */
export class Float64Backend extends tf.KernelBackend {
  readonly #stored: tf.DataStorage<Stored> = new tf.DataStorage(this, tf.engine())

  override write(values: BackendValues, _shape: number[], dtype: tf.DataType): object {
    const dataId = {}
    this.#stored.set(dataId, { values: held(values, dtype), references: 1 })
    return dataId
  }

  /** A new data id for a kernel's values, which nobody else holds. */
  keep(values: Values): object {
    const dataId = {}
    this.#stored.set(dataId, { values, references: 1 })
    return dataId
  }

  /** The data id of a tensor, for one more tensor that shows the same values. */
  share({ dataId }: tf.TensorInfo): object {
    this.incRef(dataId)
    return dataId
  }

  valuesOf({ dataId }: tf.TensorInfo): Values {
    return this.#stored.get(dataId).values
  }

  override move(dataId: object, values: BackendValues, _shape: number[], dtype: tf.DataType, refCount: number): void {
    this.#stored.set(dataId, { values: held(values, dtype), references: refCount })
  }

  override readSync(dataId: object): BackendValues {
    return this.#stored.get(dataId).values.slice() as BackendValues
  }

  override async read(dataId: object): Promise<BackendValues> {
    return this.readSync(dataId)
  }

  override numDataIds(): number {
    return this.#stored.numDataIds()
  }

  override refCount(dataId: object): number {
    return this.#stored.has(dataId) ? this.#stored.get(dataId).references : 0
  }

  override incRef(dataId: object): void {
    this.#stored.get(dataId).references++
  }

  override disposeData(dataId: object, force = false): boolean {
    if (!this.#stored.has(dataId)) return true
    const data = this.#stored.get(dataId)
    data.references--
    if (data.references > 0 && !force) return false
    this.#stored.delete(dataId)
    if (data.values instanceof Float64Array) makeSpare(data.values)
    return true
  }

  override timerAvailable(): boolean {
    return true
  }

  override async time(f: () => void): Promise<tf.BackendTimingInfo> {
    const start = performance.now()
    f()
    return { kernelMs: performance.now() - start }
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: true, reasons: ['A float takes eight bytes; numBytes counts four.'] }
  }

  /** The type offers 16 or 32; the values have 64. */
  override floatPrecision(): 16 | 32 {
    return 32
  }

  override epsilon(): number {
    return Number.EPSILON
  }

  override dispose(): void {
    forgetSpares()
  }
}

/** The values as the backend holds them: floats in an array that nobody outside has. */
function held(values: BackendValues, dtype: tf.DataType): Values {
  if (dtype !== 'float32') return values as unknown as Values
  const floats = values as Float32Array
  const own = takeSpare(floats.length)
  if (own === undefined) return new Float64Array(floats)
  own.set(floats)
  return own
}
