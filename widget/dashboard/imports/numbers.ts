import { tag } from '../core/words.ts'

/** A number as the language writes it. */
export const numberWords = (count: number): string => count.toLocaleString(tag())

/** A part of one as a percentage without decimals. */
export const percentWords = (part: number): string =>
  part.toLocaleString(tag(), { style: 'percent', maximumFractionDigits: 0 })

/** Bytes as people read them, in kB or MB. */
export function sizeWords(bytes: number): string {
  const [unit, size] = (bytes < 1_000_000 ? ['kilobyte', bytes / 1000] : ['megabyte', bytes / 1_000_000]) as [
    string,
    number,
  ]
  return size.toLocaleString(tag(), { style: 'unit', unit, maximumFractionDigits: size < 10 ? 1 : 0 })
}
