/** A way to write spam so that it is not known again; some pad it with what others wrote. */
export type Trick = (text: string, good: string[], random: () => number) => string

const cyrillic = lookAlikes('aceiopsxyjhABEHKMOPCTXYSIJ', 'асеіорѕхујһАВЕНКМОРСТХУЅІЈ')
const greek = lookAlikes('aikopuvyABEHIKMNOPTXYZ', 'αικορυνγΑΒΕΗΙΚΜΝΟΡΤΧΥΖ')
const digits = lookAlikes('aeiostAEIOST', '431057431057')

function lookAlikes(letters: string, like: string): Map<string, string> {
  const others = Array.from(like)
  return new Map(Array.from(letters, (letter, at) => [letter, others[at] as string]))
}

const swap = (text: string, letters: Map<string, string>) =>
  Array.from(text, (letter) => letters.get(letter) ?? letter).join('')

const oneOf = (items: string[], random: () => number) => items[Math.floor(random() * items.length)] ?? ''

const several = (count: number, items: string[], random: () => number) =>
  Array.from({ length: count }, () => oneOf(items, random))

/** Good words before and behind, each. */
const padding = 20

/** Tricks by what they are called. */
export const tricks: Record<string, Trick> = {
  plain: (text) => text,
  'Cyrillic look-alikes': (text) => swap(text, cyrillic),
  'Greek look-alikes': (text) => swap(text, greek),
  'combining marks': (text, _, random) =>
    text.replace(/\p{L}/gu, (letter) => letter + String.fromCodePoint(0x300 + Math.floor(random() * 0x70))),
  'spaced letters': (text) =>
    text
      .split(/\s+/)
      .map((word) => Array.from(word).join(' '))
      .join('   '),
  'spaced letters, words run together': (text) => Array.from(text.replace(/\s+/g, '')).join(' '),
  l33t: (text) => swap(text, digits),
  'invisible characters': (text) => Array.from(text).join('\u200b'),
  'padding with good words': (text, good, random) => {
    const words = good.flatMap((body) => body.split(/\s+/)).filter(Boolean)
    return [...several(padding, words, random), text, ...several(padding, words, random)].join(' ')
  },
  'padding with good sentences': (text, good, random) => {
    const sentence = (body: string) => (/[.!?…。！？]\s*$/u.test(body) ? body : `${body}.`)
    return [...several(2, good, random), text, ...several(2, good, random)].map(sentence).join(' ')
  },
}
