import type { Rule } from '../facts.ts'

/** Letters of scripts that need no invisible characters to be written. */
const letter =
  '[[\\p{L}\\p{N}]&&[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}\\p{Script=Georgian}' +
  '\\p{Script=Cherokee}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Nd}]]\\p{M}{0,4}'
const alphabetic = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}]\\p{M}{0,4}'
const anyLetter = '\\p{L}\\p{M}{0,4}'

const hidden = [
  // Joiners, byte order marks, direction marks and fillers between letters that they do nothing to.
  `(?<=${letter})[\\u034f\\u180b-\\u180e\\u200c-\\u200f\\u061c\\u2060\\u206a-\\u206f\\u3164\\uffa0\\ufeff]+(?=${letter})`,
  // Variation selectors, but for those of ideographs.
  `(?<=${alphabetic})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]+(?=${letter})`,
  // Places to break a line: between letters of an alphabet, or single letters.
  `(?<=${alphabetic})\\u200b+(?=${alphabetic})`,
  `(?<!\\p{L}\\p{M}{0,4})${anyLetter}\\u00ad+(?=\\p{L})`,
  `[\\u00ad\\u200b\\u2061-\\u2064]${letter}[\\u00ad\\u200b\\u2061-\\u2064](?=${letter})`,
  // Directions forced upon letters; copied telephone numbers have them around digits.
  '\\u202e',
  '\\u202d[^\\p{L}\\u202c\\u202d]{0,40}\\p{L}',
  // Hidden text, but for the flags of England, Scotland, Wales and their like.
  '(?<!\\u{1f3f4}[\\u{e0020}-\\u{e007f}]{0,6})[\\u{e0000}-\\u{e007f}]+',
]
const concealed = new RegExp(hidden.join('|'), 'gv')

/** What `concealed` begins or ends with; most texts have none of it. */
const suspect = new RegExp(
  '[\\u00ad\\u034f\\u061c\\u180b-\\u180e\\u200b-\\u200f\\u202d\\u202e\\u2060-\\u2064\\u206a-\\u206f\\u3164' +
    '\\ufe00-\\ufe0f\\ufeff\\uffa0\\u{e0000}-\\u{e01ef}]',
  'u',
)

/**
 * Characters drawn as nothing that split words, turn them round or hide text. Not those that
 * emoji, Persian, Indic or Mongolian words are written with, nor a mark before or after a text.
 */
export const invisibleCharacters: Rule = ({ body, name }) => {
  const text = `${name}\n${body}`
  if (!suspect.test(text)) return null
  const count = text.match(concealed)?.length ?? 0
  return count === 0 ? null : { code: 'invisible_characters', weight: 3, params: { count } }
}
