import type { Site } from '../contract/site.ts'
import type { Operator } from './operator.ts'
import { fieldsOf, type Given, idOf, originOf, shown } from './siteFields.ts'
import { note, Refusal } from './terminal.ts'

/** What is done on an instance, and answered on stdout. */
export type Work = (instance: Operator) => Promise<string>

/** What the command line says besides the site's fields. */
export interface Asked extends Given {
  'remove-origin'?: string[] | undefined
  /** Whether whoever asks knows what goes. */
  yes?: boolean | undefined
}

/** The commands of a site: each checks what was given before an instance is looked for. */
export const siteCommands: Record<string, (asked: Asked, id: string) => Work> = {
  'site list': () => async (instance) => (await instance.sites()).items.map(inWords).join('\n'),

  'site show': (_, id) => async (instance) => shown(await find(instance, id)),

  'site add'(asked, id) {
    if (!asked.name || !asked.origin)
      throw new Refusal('A new site needs --name NAME and --origin https://HOST.')
    const site = { id: idOf(id), ...fieldsOf(asked) }
    return async (instance) => inWords(await instance.addSite(site))
  },

  'site set'(asked, id) {
    const { origins: added = [], ...changes } = fieldsOf(asked)
    const removed = (asked['remove-origin'] ?? []).map((text) => originOf(text, '--remove-origin'))
    if (!added.length && !removed.length)
      return async (instance) => inWords(await instance.setSite(id, changes))
    return async (instance) => {
      const { origins } = await find(instance, id)
      const unknown = removed.find((origin) => !origins.includes(origin))
      if (unknown) throw new Refusal(`${unknown} is no origin of ${id}: it has ${origins.join(' ')}.`)
      const left = [...new Set([...origins, ...added])].filter((origin) => !removed.includes(origin))
      if (!left.length) throw new Refusal('A site keeps at least one origin: add another with --origin.')
      return inWords(await instance.setSite(id, { ...changes, origins: left }))
    }
  },

  'site remove': (asked, id) => async (instance) => {
    const { name } = await find(instance, id)
    const count = await instance.countComments(id)
    const what = `the site ${id} (${name}) with its ${count} comments, their threads, authors, decisions and settings`
    if (!asked.yes) throw new Refusal(`This removes ${what}, for good. Make a backup, then say --yes.`)
    let gone = 0
    for (let done = false; !done; ) {
      const removed = await instance.removeSite(id)
      gone += removed.comments
      done = removed.done
      if (!done && removed.comments) note(`${gone} of ${count} comments removed…`)
    }
    return `Removed ${what}.`
  },
}

async function find(instance: Operator, id: string): Promise<Site> {
  const { items } = await instance.sites()
  const site = items.find((one) => one.id === id)
  if (site) return site
  const known = items.map((one) => one.id).join(', ')
  throw new Refusal(`There is no site "${id}"${known ? `; there are ${known}` : ''}.`)
}

const inWords = ({ id, name, locale, policy, origins }: Site) =>
  `${id}\t${name}\t${locale}\t${policy}\t${origins.join(' ')}`
