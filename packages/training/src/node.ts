export { readHistory, type RunOptions, type RunRecord, trainInFolder } from './run-folder.ts'
