import confusables from 'unhomoglyph/data.json' with { type: 'json' }

/** Longer texts are cut, in UTF-16 units, before and after normalising. */
export const longestRead = 4000

/** Signs that normalise to whole sentences, which would leave no room for the rest. */
const sentences = /[\ufdfa\ufdfb]/g

const alphabets = '\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}\\p{Script=Cherokee}'
const foreign = new RegExp(`[${alphabets}]`, 'u')
const latin = /\p{Script=Latin}/u

/** Latin letters that are drawn as small capitals, which look-alikes are told to be like. */
const smallCapitals = new Map(
  Array.from(
    'ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkĸkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz'.matchAll(/(.)(.)/gu),
    ([, small, plain]) => [small, plain],
  ),
)

const smallCapital = new RegExp(`[${[...smallCapitals.keys()].join('')}]`, 'gu')

/** Letters of other alphabets that look like a to z (UTS #39, confusables.txt), and Cyrillic ones by what they look like. */
const latinFor = new Map<string, string>()
const cyrillicFor = new Map<string, string>()
for (const [letter, like] of Object.entries(confusables as Record<string, string>)) {
  const plain = smallCapitals.get(like) ?? like
  if (!foreign.test(letter) || !/^[a-z]{1,2}$/i.test(plain)) continue
  latinFor.set(letter, plain)
  if (/\p{Script=Cyrillic}/u.test(letter) && !cyrillicFor.has(plain)) cyrillicFor.set(plain, letter)
}

/** Letters in circles, squares and brackets, and those without a dot, as a to z. */
const shaped = /[\u249c-\u24b5\u{1f130}-\u{1f149}\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u0131\u0269]/gu
const shapes = [0x249c, 0x1f130, 0x1f150, 0x1f170]

function plain(letter: string): string {
  const code = letter.codePointAt(0) as number
  const from = shapes.findLast((first) => first <= code)
  return from === undefined ? 'i' : String.fromCharCode(0x61 + code - from)
}

/** Drawn as nothing: joiners, soft hyphens, direction marks, variation selectors, tags. */
export const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu

/** Marks that combine with any letter; the Japanese voicing marks and those of other scripts stay. */
// biome-ignore lint/suspicious/noMisleadingCharacterClass: combining marks are what is meant
const marks = /[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g

const ascii = /^[\0-\x7f]*$/

/** Whether a text has only characters of which no table needs to be asked. */
export const isAscii = (text: string): boolean => ascii.test(text)

const word = /[\p{L}\p{M}\p{N}]+/gu
const spelt = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}]'
/** Letters with a sign between each two: c.h.e.c.k, w-o-w; with spaces besides, at least four of them. */
const between = '[.\\-_*·,/|~]'
const dotted = new RegExp(
  `(?<![\\p{L}\\p{N}])${spelt}(?:(?: ?${between} ?${spelt}){3,}|(?:${between}${spelt})+)(?![\\p{L}\\p{N}])`,
  'gu',
)
/** At least four characters that stand alone, one of them such a letter: c h e c k   o u t. */
const spaced = /(?<!\S)\S(?:\s{1,4}\S){3,}(?!\S)/gu
/** The same in ASCII, which no table of characters is asked about. */
const dottedAscii = new RegExp(
  `(?<![a-z\\d])[a-z](?:(?: ?${between} ?[a-z]){3,}|(?:${between}[a-z])+)(?![a-z\\d])`,
  'gi',
)
const speltOnce = new RegExp(spelt, 'u')

const digits: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
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
  const start = text.slice(0, longestRead)
  const joined = isAscii(start)
    ? start.replace(spaced, joinSpaced).replace(dottedAscii, (letters) => letters.replace(/[^a-z]/gi, ''))
    : normalized(start)
        .replace(spaced, joinSpaced)
        .replace(dotted, (letters) => letters.replace(/[^\p{L}\p{M}]/gu, ''))
  return joined
    .toLowerCase()
    .replace(/(?<=[a-z0-9])@(?=[a-z])(?![a-z0-9-]*\.[a-z])/g, 'a')
    .replace(/[a-z0-9$!]+/g, readDigits)
    .replace(/\s+/g, ' ')
    .trim()
}

/** A text in NFKC, without what is not seen and without marks, its letters those that they look like. */
function normalized(text: string): string {
  const normal = text
    .replace(sentences, ' ')
    .replace(shaped, plain)
    .replace(/[\u309b\u309c]/g, (mark) => (mark === '\u309b' ? '\u3099' : '\u309a'))
    .normalize('NFKC')
    .slice(0, longestRead)
    .replace(invisible, '')
  if (isAscii(normal)) return normal
  const bare = normal.normalize('NFD').replace(marks, '').normalize('NFC')
  const small = bare.replace(smallCapital, (letter) => smallCapitals.get(letter) ?? letter)
  return foreign.test(small) ? small.replace(word, readInOne) : small
}

/** Whether `fold` leaves a part of a text out: it is longer than what is read, or becomes so. */
export function isCut(text: string): boolean {
  if (text.length > longestRead) return true
  return text.length > longestRead / 18 && text.replace(sentences, ' ').normalize('NFKC').length > longestRead
}

/** Words of single letters are told apart by gaps wider than the least, where there are any. */
function joinSpaced(run: string): string {
  if (!speltOnce.test(run)) return run
  const least = Math.min(...(run.match(/\s+/g) ?? []).map(({ length }) => length))
  return run
    .split(new RegExp(`\\s{${least + 1},}`))
    .map((part) => part.replace(/\s/g, ''))
    .join(' ')
}

/** A word that mixes alphabets in Latin; in Cyrillic where it is mostly so, with letters that look like none of Latin's. */
function readInOne(text: string): string {
  if (!latin.test(text) || !foreign.test(text)) return text
  const letters = Array.from(text)
  const isMostlyForeign = letters.filter((letter) => foreign.test(letter)).length * 2 > letters.length
  const isOwn = letters.some((letter) => foreign.test(letter) && !latinFor.has(letter))
  const like = isMostlyForeign && isOwn ? cyrillicFor : latinFor
  return letters.map((letter) => like.get(letter) ?? letter).join('')
}

function readDigits(text: string): string {
  if (!/[a-z]/.test(text) || !/[0-9$]|[a-z]![a-z]/.test(text)) return text
  return text.replace(/[013457$8]|(?<=[a-z])!(?=[a-z])/g, (sign) => digits[sign] as string)
}
