import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Words = { [key: string]: Words | string | string[] }

const folder = join(import.meta.dirname, '../locales')
const read = (name: string): Words => JSON.parse(readFileSync(join(folder, name), 'utf8'))

/** The sources of the words, a file a language. */
export const wordSources: string[] = readdirSync(folder).map((name) => join(folder, name))

/** What the scripts load, by name: `ja.json` is what the desk says in Japanese, `ja.bans.json` another section. */
export function wordFiles(): Map<string, string> {
  const files = new Map<string, string>()
  const english = read('en.json')
  for (const source of readdirSync(folder)) {
    const language = source.replace('.json', '')
    for (const [section, words] of Object.entries(completed(read(source), english) as Words))
      files.set(`${section === 'desk' ? language : `${language}.${section}`}.json`, JSON.stringify(words))
  }
  return files
}

/** Words with the English ones where they have none. A message with plural forms is whole. */
function completed(words: Words[string] | undefined, english: Words[string]): Words[string] {
  if (words === undefined) return english
  if (!isGroup(words) || !isGroup(english)) return words
  return Object.fromEntries(
    Object.keys(english).map((key) => [key, completed(words[key], english[key] as Words[string])]),
  )
}

const forms = new Set(['zero', 'one', 'two', 'few', 'many', 'other'])

function isGroup(value: Words[string]): value is Words {
  if (typeof value === 'string' || Array.isArray(value)) return false
  return Object.keys(value).some((key) => !forms.has(key))
}

/** The folder of these files, named after what is in them: browsers keep them for good. */
export function wordsFolder(): string {
  const hash = createHash('sha256')
  for (const [name, text] of wordFiles()) hash.update(name).update(text)
  return `words-${hash.digest('hex').slice(0, 8)}`
}
