import { foldedText } from '../../contract/foldedText.ts'

/** Characters that two texts say alike without chance. */
const run = 32

/** Characters of a quoted line that say whose it is. */
const shortest = 8

/** The lines that a text quotes, as Markdown has it. */
const quotedLines = (body: string) =>
  [...body.matchAll(/^[ \t]{0,3}(?:>[ \t]?)+(.*)$/gm)].map(([, line = '']) => line)

/** Whether a text quotes anything. */
export const hasQuote = (body: string): boolean => quotedLines(body).some((line) => line.trim() !== '')

/** What tells quotes of a text: see `isQuoted`. */
export interface Quotable {
  text: string
  runs: Set<string>
}

/** A text to be looked for in others. */
export function quotable(body: string): Quotable {
  const text = plain(body)
  const runs = new Set<string>()
  for (let at = 0; at + run <= text.length; at++) runs.add(text.slice(at, at + run))
  return { text, runs }
}

/** Whether a text has a line of another as a quote, or a run of 32 characters of it, whatever their case and marks. */
export function isQuoted({ text, runs }: Quotable, body: string): boolean {
  const lines = quotedLines(body).map(plain)
  if (lines.some((line) => line.length >= shortest && text.includes(line))) return true
  const other = plain(body)
  for (let at = 0; at + run <= other.length; at++) if (runs.has(other.slice(at, at + run))) return true
  return false
}

/** A text without marks of Markdown, so that a quote of bold words is found, too. */
const plain = (text: string) => foldedText(text.replace(/[*_`~>#]+/g, ''))
