import type { Rule } from '../facts.ts'

/** Mathematical, enclosed, raised and small capital letters. */
const styled =
  '[\\u{1d400}-\\u{1d7cb}\\u249c-\\u24e9\\u{1f110}-\\u{1f12f}\\u{1f130}-\\u{1f149}\\u{1f150}-\\u{1f169}' +
  '\\u{1f170}-\\u{1f189}\\u1d00-\\u1d22\\u1d2c-\\u1d6a\\u1d9b-\\u1dbfʰʲʳʷˡˢˣⁱⁿɢɪɴʀʙʜʟʏꜰꜱǫ]'
const sign = `${styled}(?!\\ufe0f)`
/** Letters with no or one space between them; those between words are single too. */
const styledRun = new RegExp(`${sign}(?:[ \\u00a0]?${sign})*`, 'gu')
const threeTogether = new RegExp(`(?:${sign}){3}`, 'u')
const circled = /^[\u249c-\u24e9\u{1f110}-\u{1f189} \u00a0]+$/u
const certain =
  /[\u{1d400}-\u{1d7cb}\u249c-\u24e9\u{1f110}-\u{1f189}\u1d00-\u1d22\u1d2c-\u1d6a\u1d9b-\u1dbf]/u
/** Styled and plain letters in one word. */
const within = /\p{Script=Latin}*[\u{1d400}-\u{1d6a5}]+(?:\p{Script=Latin}|[\u{1d400}-\u{1d6a5}])*/gu

const fullwidth = /[\uff21-\uff3a\uff41-\uff5a]/g
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu

/** Shorter than this it is a formula, an ordinal or a letter in a circle. */
const leastLetters = 5

/** Words written in letters meant for formulas and lists, so that they stand out or are not found. */
export const styledUnicode: Rule = ({ body }) => {
  const words = [...runsOf(body), ...mixturesOf(body), ...widthsOf(body)]
  if (words.length === 0) return null
  const shown = words.slice(0, 3).map((word) => Array.from(word).slice(0, 40).join(''))
  return { code: 'styled_unicode', weight: 2, params: { words: shown, count: words.length } }
}

function runsOf(text: string): string[] {
  if (!certain.test(text)) return []
  return (text.match(styledRun) ?? []).filter(
    (run) =>
      Array.from(run.replace(/\s/g, '')).length >= leastLetters &&
      certain.test(run) &&
      (threeTogether.test(run) || circled.test(run)),
  )
}

function mixturesOf(text: string): string[] {
  if (!/[\u{1d400}-\u{1d6a5}]/u.test(text)) return []
  return (text.match(within) ?? []).filter(
    (word) => /\p{Script=Latin}{2}/u.test(word) && Array.from(word).length >= leastLetters,
  )
}

/** Fullwidth letters are ordinary among wide ones, as long as those are more. */
function widthsOf(text: string): string[] {
  const letters = text.match(fullwidth)?.length ?? 0
  if (letters < leastLetters || letters <= (text.match(wide)?.length ?? 0)) return []
  return text.match(/[\uff21-\uff3a\uff41-\uff5a]{2,}/g) ?? []
}
