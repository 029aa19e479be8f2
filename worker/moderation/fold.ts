import confusables from 'unhomoglyph/data.json' with { type: 'json' }

/** Longer texts are cut before and after normalising: one character may become eighteen. */
const longest = 4000

const alphabets = '\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}\\p{Script=Cherokee}'
const foreign = new RegExp(`[${alphabets}]`, 'u')
const latin = /\p{Script=Latin}/u

/** Letters of other alphabets that look like Latin ones (UTS #39, confusables.txt). */
const latinFor = new Map(
  Object.entries(confusables as Record<string, string>).filter(
    ([letter, like]) => foreign.test(letter) && /^\p{Script=Latin}+$/u.test(like),
  ),
)

/** Drawn as nothing: joiners, soft hyphens, direction marks, variation selectors, tags. */
export const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu

/** Marks that combine with any letter; the Japanese voicing marks and those of other scripts stay. */
// biome-ignore lint/suspicious/noMisleadingCharacterClass: combining marks are what is meant
const marks = /[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g

const word = /[\p{L}\p{M}\p{N}]+/gu
const spelt = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}]'
/** Letters with a sign between each two: c.h.e.c.k, w-o-w. */
const dotted = new RegExp(`(?<![\\p{L}\\p{N}])${spelt}(?: ?[.\\-_*·,/|~] ?${spelt})+(?![\\p{L}\\p{N}])`, 'gu')
/** At least four characters that stand alone, one of them such a letter: c h e c k   o u t. */
const spaced = /(?<!\S)\S(?:\s{1,4}\S){3,}(?!\S)/gu
const speltOnce = new RegExp(spelt, 'u')

const digits: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/**
 * A text as it is compared and scored, never as it is stored or shown: NFKC, without invisible
 * characters and combining marks, look-alike letters read as Latin where a word mixes them with
 * Latin ones, spaced letters joined, digits within words read as letters, in lower case, white
 * space folded. At most 4,000 UTF-16 units.
 */
export function fold(text: string): string {
  const normal = text.slice(0, longest).normalize('NFKC').slice(0, longest).replace(invisible, '')
  const plain = /^[\0-\x7f]*$/.test(normal)
  const bare = plain ? normal : normal.normalize('NFD').replace(marks, '').normalize('NFC')
  const latinized = plain || !foreign.test(bare) ? bare : bare.replace(word, readAsLatin)
  return latinized
    .replace(spaced, joinSpaced)
    .replace(dotted, (letters) => letters.replace(/[^\p{L}\p{M}]/gu, ''))
    .toLowerCase()
    .replace(/[a-z0-9@$!]+/g, readDigits)
    .replace(/\s+/g, ' ')
    .trim()
}

/** Words of single letters are told apart by wider gaps, where there are any. */
function joinSpaced(run: string): string {
  if (!speltOnce.test(run)) return run
  return run
    .split(/\s{2,}/)
    .map((part) => part.replace(/\s/g, ''))
    .join(' ')
}

function readAsLatin(text: string): string {
  if (!latin.test(text) || !foreign.test(text)) return text
  return Array.from(text, (letter) => latinFor.get(letter) ?? letter).join('')
}

function readDigits(text: string): string {
  if (!/[a-z]/.test(text) || !/[0-9@$]|![a-z]/.test(text)) return text
  return text.replace(/[013457@$8]|!(?=[a-z])/g, (sign) => digits[sign] as string)
}
