const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Hangul',
  'Thai',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Han',
] as const

/** A writing system a comment can be mainly in; Japanese is told from Chinese by its kana. */
export type Script = (typeof scripts)[number] | 'Japanese' | 'other'

const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const patterns = scripts.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'gu')] as const)

/** How much of a text is looked at, in UTF-16 units. */
const enough = 400

/** The writing system of most of a text's letters; `other` where there are none. */
export function scriptOf(folded: string): Script {
  const text = folded.slice(0, enough)
  if (/^[\0-\x7f]*$/.test(text)) return /[a-z]/i.test(text) ? 'Latin' : 'other'
  if ((text.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0) * 8 >= text.length)
    return 'Japanese'
  let most: Script = 'other'
  let found = 0
  for (const [script, pattern] of patterns) {
    const count = text.match(pattern)?.length ?? 0
    if (count > found) [most, found] = [script, count]
  }
  return most === 'Han' && kana.test(text) ? 'Japanese' : most
}

/** So many letters of another writing system say something by themselves; Latin names and terms stand anywhere. */
const saying = { Latin: 24, other: 8 } as const

/** The other writing systems that a text says something in. */
export function otherScripts(folded: string, main: Script): Script[] {
  const isSpoken = (script: Script, letters: number) =>
    script !== main && letters >= (script === 'Latin' ? saying.Latin : saying.other)
  const rest = folded.replace(lettersOf(main), '')
  if (rest.length < saying.other) return []
  const kanas = rest.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0
  const others = patterns.filter(([script, pattern]) => isSpoken(script, rest.match(pattern)?.length ?? 0))
  return [...others.map(([script]) => script), ...(isSpoken('Japanese', kanas) ? ['Japanese' as const] : [])]
}

const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc]+/gu

/** The letters that a text of a writing system is made of. */
const lettersOf = (main: Script): RegExp | string =>
  main === 'Japanese' ? japanese : (patterns.find(([script]) => script === main)?.[1] ?? '')
