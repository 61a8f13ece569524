export { DDCMuon, type DDCMuonOptions } from './ddcmuon.ts'
export { newtonSchulz } from './newton-schulz.ts'
