import { existsSync } from 'node:fs'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Where the browser tests' browser is: the variable CHROMIUM, or one of the usual places. */
export function findChromium() {
  const candidates = process.env.CHROMIUM === undefined ? usual : [process.env.CHROMIUM]
  return candidates.find(path => existsSync(path))
}
