import confusables from 'unhomoglyph/data.json' with { type: 'json' }
import type { Rule } from '../facts.ts'
import { invisible } from '../text/normalize.ts'

const latin = /\p{Script=Latin}/u
const foreign = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u
const alphabets = [
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
]

/** Letters that look like one of A to Z (UTS #39, confusables.txt), with the one they look like. */
const alike = new Map(
  Object.entries({ ...(confusables as Record<string, string>), к: 'k', κ: 'k' }).filter(
    ([letter, like]) => foreign.test(letter) && /^[A-Za-z]$/.test(like),
  ),
)

/** By alphabet, which of A to Z look like one of its letters. */
const borrowed = alphabets.map(
  (alphabet) => new Set([...alike].filter(([letter]) => alphabet.test(letter)).map(([, like]) => like)),
)

const word = /[\p{L}\p{M}\p{N}]+/gu

/** Greek letters that stand for themselves in names of things and quantities: TNFα, NFκB, μm, Δt. */
const symbols = /^[αβγδεζηθκλμνξπρσςτφχψωΓΔΘΛΞΠΣΦΨΩ\u2126]+$/

/**
 * Words that disguise themselves with letters of another alphabet: those that a reader would take
 * for words of one alphabet. Others mix openly.
 */
export const mixedScript: Rule = ({ body, name }) => {
  const text = `${name}\n${body}`.replace(invisible, '')
  if (!latin.test(text) || !foreign.test(text)) return null
  const words = text.match(word) ?? []
  const inflects = words.some((one) => /^\p{Script=Cyrillic}+$/u.test(one))
  const found = words.filter((one) => isDisguised(one) && !(inflects && isInflected(one)))
  if (found.length === 0) return null
  const shown = Array.from(new Set(found), (one) => one.slice(0, 40)).slice(0, 5)
  return { code: 'mixed_script', weight: 3, params: { words: shown, count: found.length } }
}

function isDisguised(text: string): boolean {
  if (!latin.test(text) || !foreign.test(text)) return false
  const letters = Array.from(text).filter((letter) => /\p{L}/u.test(letter))
  const ours = letters.filter((letter) => latin.test(letter))
  const others = letters.filter((letter) => foreign.test(letter))
  if (isSymbolic(ours, others)) return false
  const readsAsLatin = others.every((letter) => alike.has(letter))
  const readsAsOther = alphabets.some(
    (alphabet, index) =>
      others.every((letter) => alphabet.test(letter)) &&
      ours.every((letter) => borrowed[index]?.has(letter)) &&
      !isTypedSo(text, ours),
  )
  return readsAsLatin || readsAsOther
}

/** A quantity or a formula: one Greek letter by a few Latin ones, or small ones among capitals. */
function isSymbolic(ours: string[], others: string[]): boolean {
  if (!symbols.test(others.join(''))) return false
  const isSmall = others.every((letter) => letter !== letter.toUpperCase())
  const isCapital = ours.every((letter) => letter !== letter.toLowerCase())
  return (others.length === 1 && ours.length < 4) || (isSmall && isCapital)
}

/** The Latin i for a Cyrillic one that the keyboard lacks; a first C typed before switching it over. */
function isTypedSo(text: string, ours: string[]): boolean {
  const rest = ours.filter((letter) => !/[iI]/.test(letter))
  return rest.length === 0 || (rest.length === 1 && /^[Cc]/.test(text))
}

/** A foreign word with an ending of the language around it: SMSка, Photoshopе. */
function isInflected(text: string): boolean {
  return /^\p{Script=Latin}{2,}\p{Script=Cyrillic}{1,3}$/u.test(text) && /\p{Ll}$/u.test(text)
}
