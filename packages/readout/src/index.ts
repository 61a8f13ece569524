export { readout, type Progress, type ReadoutOptions } from './readout.ts'
export type { ChannelReading, Curve, DirectionReading, LayerReading, Reading, Report, Total } from './report.ts'
