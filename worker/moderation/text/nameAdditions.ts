/** Words before a name that leave it the same name to a reader. */
const before =
  'a an the real true actual original its it’s iam mr mrs ms miss mx dr prof sir der die das le la el'

/**
 * Words after one. Single Roman numerals are not among them: "Ann V" is how people shorten a second name.
 */
const after =
  'jr junior sr senior ii iii iv vi vii viii ix xi xii esq phd md real original himself herself again here alt backup bis'

/** The same of languages that write them without a space. */
const afterCjk = '二世|三世|ジュニア|さん|さま|ちゃん|くん|様|氏|殿|先生|老师|老師|同学|님|씨'

const leading = new Set(before.split(' '))
const trailing = new Set(after.split(' '))
const ordinal = /^\d+(?:st|nd|rd|th)?$/
const endsInCjk = new RegExp(`(?<=..)(?:${afterCjk})$`, 'u')

/**
 * A name without what is put beside another's name to make it a new one: numbers, "Jr", "the real" and such. The name
 * itself stays: at least one word with a letter.
 *
 * @param name in NFKC
 */
export function withoutAdditions(name: string): string {
  const words = name
    // "AnnReaderJr" is three words.
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .split(/[^\p{L}\p{M}\p{N}'’]+/u)
    .filter(Boolean)
  const lower = (word = '') => word.toLowerCase().replaceAll("'", '’')
  while (words.length > 1) {
    if (leading.has(lower(words[0])) || ordinal.test(lower(words[0]))) words.shift()
    else if (trailing.has(lower(words.at(-1))) || ordinal.test(lower(words.at(-1)))) words.pop()
    else break
  }
  return words
    .join(' ')
    .replace(/^\p{N}+(?=.*\p{L})|(?<=\p{L}.*)\p{N}+$/gu, '')
    .replace(endsInCjk, '')
}
