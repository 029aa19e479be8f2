import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Forms = { other: string } & { [category in Intl.LDMLPluralRule]?: string }
/** The words of a language, by section. */
export type Words = { [key: string]: Words | string | string[] }

const folder = join(import.meta.dirname, '../widget/dashboard/locales')
const categories = new Set(['zero', 'one', 'two', 'few', 'many', 'other'])

/** The words of the dashboard in a language, as they are written. */
export const dashboardWords = (language: string): Words =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'))

/** Every message by its path; those with plural forms are whole. */
function messagesOf(words: Words, path: string[] = []): Map<string, string | string[] | Forms> {
  const found = new Map<string, string | string[] | Forms>()
  for (const [key, value] of Object.entries(words)) {
    const here = [...path, key]
    if (typeof value === 'string' || Array.isArray(value)) found.set(here.join('.'), value)
    else if (Object.keys(value).every((name) => categories.has(name)))
      found.set(here.join('.'), value as unknown as Forms)
    else for (const [below, message] of messagesOf(value, here)) found.set(below, message)
  }
  return found
}

const placeholdersOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted()

/** Numbers that call for every form that a count of whole things can. */
const counts = Array.from({ length: 201 }, (_, count) => count)

/** Messages of English that a language has not. */
export function missingWords(words: Words, english: Words): string[] {
  const had = messagesOf(words)
  return [...messagesOf(english).keys()].filter((path) => !had.has(path))
}

/** What is wrong with the messages that a language has: keys, values and plural forms. */
export function wordFlaws(language: string, words: Words, english: Words): string[] {
  const rules = new Intl.PluralRules(language)
  const due = messagesOf(english)
  const numbers = Map.groupBy(counts, (count) => rules.select(count))
  return [...messagesOf(words)].flatMap(([path, message]) => {
    const original = due.get(path)
    const flaws: string[] = []
    const flaw = (what: string) => flaws.push(`${path}: ${what}`)
    if (original === undefined) return [`${path}: English has no such message`]
    if (Array.isArray(original) !== Array.isArray(message))
      return [`${path}: is a list in one language alone`]
    const forms = formsOf(message)
    if (forms.some(([, text]) => !text.trim() && path !== 'desk.space')) flaw('says nothing')
    if (Array.isArray(message) || Array.isArray(original)) return flaws
    const all = formsOf(original).flatMap(([, text]) => placeholdersOf(text))
    const most = placeholdersOf(typeof original === 'string' ? original : original.other)
    if (typeof message !== 'string') {
      if (typeof original === 'string') flaw('English has no plural forms here')
      for (const name of numbers.keys()) if (!(name in message)) flaw(`lacks the form “${name}”`)
      for (const name of Object.keys(message))
        if (!rules.resolvedOptions().pluralCategories.includes(name as Intl.LDMLPluralRule))
          flaw(`${language} has no form “${name}”`)
    }
    for (const [category, text] of forms) {
      const values = placeholdersOf(text)
      // Where a form is for a single number (besides none), words may stand for what it counts.
      const some = numbers.get(category)?.filter((count) => count > 0) ?? []
      const isSpelt = category !== 'other' && some.length < 2
      const least = isSpelt && typeof original !== 'string' ? placeholdersOf(original.one ?? '') : most
      const lacks = least.filter((name) => !values.includes(name) && !(isSpelt && name === '{count}'))
      const unknown = values.filter((name) => !all.includes(name))
      if (lacks.length) flaw(`${category} lacks ${lacks.join()}`)
      if (unknown.length) flaw(`${category} has ${unknown.join()}, which is never filled in`)
      if (/[{}]/.test(text.replace(/\{\w+\}/g, ''))) flaw(`${category} has a stray brace`)
    }
    return flaws
  })
}

/** Keys that end as labels do, of messages that stand alone. */
const notLabels = new Set(['stats.heldOf', 'stats.storageOf', 'stats.days.timesOf'])

/** What stands on a button, by the path of its label: who speaks to a browser says what they read. */
function writtenFor(path: string, messages: ReturnType<typeof messagesOf>): string | undefined {
  const on = path === 'thread.unpinOf' ? 'context.unpin' : /^(.+)(?:Of|One)$/.exec(path)?.[1]
  const written = messages.get(on ?? '')
  return typeof written !== 'string' || written.includes('{') || notLabels.has(path) ? undefined : written
}

/** Labels that do not say what stands on their buttons. */
export function labelFlaws(words: Words): string[] {
  const messages = messagesOf(words)
  const bare = (text: string) => text.toLowerCase().replace(/[\p{P}\p{S}\p{Cf}]/gu, '')
  return [...messages].flatMap(([path, message]) => {
    const written = writtenFor(path, messages)
    const isFlawed = written && typeof message === 'string' && !bare(message).includes(bare(written).trim())
    return isFlawed ? [`${path}: lacks “${written}”, which stands on the button`] : []
  })
}

/** The texts of a message by their plural category; a sentence without any is its own. */
function formsOf(message: string | string[] | Forms): [keyof Forms, string][] {
  if (typeof message === 'string') return [['other', message]]
  if (Array.isArray(message)) return message.map((text) => ['other', text])
  return Object.entries(message) as [keyof Forms, string][]
}
