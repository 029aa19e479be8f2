import { setTimeout as passed } from 'node:timers/promises'
import type { Erasure } from '../contract/erasures.ts'
import { soughtBy } from '../contract/personSought.ts'
import type { FoundAuthor } from '../contract/persons.ts'
import { several } from './backup/manifest.ts'
import type { Operator } from './operator.ts'
import type { Work } from './siteCommands.ts'
import { note, Refusal } from './terminal.ts'

/** What the command line says of a person. */
interface Asked {
  /** Authors after the first, by their ids. */
  others?: string[] | undefined
  format?: string | undefined
  yes?: boolean | undefined
}

/** Milliseconds between two looks at an erasure. */
const pace = 500

/** The commands of a person. Whoever is found is chosen by the ids of their authors. */
export const personCommands: Record<string, (asked: Asked, id: string) => Work> = {
  'person find': (_, typed) => async (instance) => {
    const { authors, more, next } = await instance.findPerson(soughtBy(typed))
    if (authors.length === 0) throw new Refusal(`Nobody is known by "${typed}".`)
    if (more || next !== null) note('There may be more: the dashboard looks further back.')
    return authors.map(inWords).join('\n')
  },

  'person export'({ others = [], format = 'json' }, id) {
    if (!['json', 'markdown'].includes(format))
      throw new Refusal(`--format takes json or markdown, not "${format}".`)
    const ids = [id, ...others]
    return async (instance) =>
      format === 'json'
        ? jsonOf(instance, ids)
        : (await Promise.all(ids.map((one) => textOf(instance, one)))).join('\n')
  },

  'person erase':
    ({ others = [], yes }, id) =>
    async (instance) => {
      const ids = [id, ...others]
      const before = await Promise.all(ids.map((one) => instance.erasureOf(one)))
      const parts = before.flatMap((one) => one.parts)
      const whose = several(parts.length, 'author')
      if (!yes) {
        const about = parts.some(({ more }) => more) ? 'more than ' : ''
        const what = `${about}${several(sum(before, 'comments'), 'comment')} of ${whose}`
        throw new Refusal(`This erases ${what}, for good. Export them first, then say --yes.`)
      }
      for (const one of ids) await instance.eraseAuthor(one)
      for (;;) {
        const now = await Promise.all(ids.map((one) => instance.erasureOf(one)))
        if (now.every(({ state }) => state !== 'working'))
          return `Erased ${several(sum(now, 'erased'), 'comment')} of ${whose}.`
        note(`${sum(now, 'erased')} of ${sum(now, 'comments')} comments erased…`)
        await passed(pace)
      }
    },
}

const sum = (erasures: Erasure[], of: 'comments' | 'erased') =>
  erasures.flatMap(({ parts }) => parts).reduce((total, part) => total + part[of], 0)

const inWords = ({ id, site, browser, name, comments, more, names, emails }: FoundAuthor) =>
  [
    ...[id, site.id, `browser ${browser}`, shown(name ?? '')],
    ...[
      `${comments}${more ? '+' : ''} comments`,
      names.slice(1).map(shown).join(', '),
      emails.map(shown).join(', '),
    ],
  ].join('\t')

/** Words of people on a terminal: nothing that would move its cursor. */
const shown = (text: string) => text.replace(/\p{C}/gu, '')

async function jsonOf(instance: Operator, ids: string[]): Promise<string> {
  const authors = []
  for (const id of ids) {
    const { next, ...first } = await instance.authorPage(id, null)
    const items = [...first.items]
    for (let cursor = next; cursor !== null; ) {
      const page = await instance.authorPage(id, cursor)
      items.push(...page.items)
      cursor = page.next
    }
    authors.push({ ...first, items })
  }
  return JSON.stringify({ exportedAt: new Date().toISOString(), authors }, null, 2)
}

async function textOf(instance: Operator, id: string): Promise<string> {
  let { text, next } = await instance.authorText(id, null)
  while (next !== null) {
    const part = await instance.authorText(id, next)
    text += part.text
    next = part.next
  }
  return text
}
