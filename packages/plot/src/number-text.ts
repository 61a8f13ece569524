const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻', '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
}

/** Writes a power of ten, `powerOfTen(-4)` is `10⁻⁴`. */
export const powerOfTen = (exponent: number): string =>
  `10${Array.from(String(exponent), digit => superscripts[digit] ?? digit).join('')}`

/** Writes a number to `digits` significant digits, in powers of ten outside 10⁻³ … 10⁵. */
export const numberText = (value: number, digits = 3): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '−∞'
  if (value === 0) return '0'
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e')
  const power = Number(exponent)
  if (power >= -3 && power < 5) return minus(String(Number(value.toPrecision(digits))))
  const short = String(Number(mantissa))
  return minus(short === '1' ? powerOfTen(power) : `${short}·${powerOfTen(power)}`)
}

/** Writes a rate with its standard error to the digits the error supports: `2.000 ± 0.001`. */
export const rateText = (rate: number, standardError: number): string => {
  if (!Number.isFinite(rate)) return numberText(rate)
  if (!(standardError >= 0) || !Number.isFinite(standardError)) return `${minus(rate.toFixed(3))} (no standard error)`
  if (standardError === 0) return `${minus(String(rate))} ± 0`
  const decimals = Math.min(6, Math.max(1, -Math.floor(Math.log10(standardError))))
  const error = standardError < 1e-6 ? numberText(standardError, 1) : standardError.toFixed(decimals)
  return `${minus(rate.toFixed(decimals))} ± ${error}`
}

const minus = (text: string): string => text.replace(/^-/, '−')
