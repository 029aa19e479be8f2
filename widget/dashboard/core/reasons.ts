import { signal } from '@preact/signals'
import type { Page } from '../../../worker/contract/page.ts'
import { ownReason, type Reason, usualReasons, type Wording } from '../../../worker/contract/phrases.ts'
import type { Connection } from './connection.ts'
import { language, own, words } from './words.ts'

/** The reasons for a refusal of those sites that are known to have their own. */
const known = signal<Record<string, Reason[]>>({})

/** Takes in the reasons of some sites. */
export function hearReasons(more: Record<string, Reason[]> | undefined): void {
  if (more) known.value = { ...known.peek(), ...more }
}

/** The reasons to choose from for comments of some sites: what one site has, or the usual ones for several. */
export function reasonsFor(siteIds: string[]): Reason[] {
  const [site, ...others] = new Set(siteIds)
  const theirs = site !== undefined && others.length === 0 ? own(known.value, site) : undefined
  return theirs?.filter(({ retired }) => !retired) ?? usualReasons
}

const asked = new Set<string>()

/** Asks once for the reasons of a site, where one of them is said that nobody has told of yet. */
export async function askReasons(connection: Connection, reason: string, siteId: string): Promise<void> {
  const isHeard = own(known.peek(), siteId)?.some(({ code }) => code === reason)
  if (!ownReason.test(reason) || isHeard || asked.has(siteId)) return
  asked.add(siteId)
  try {
    const path = `/v1/sites/${encodeURIComponent(siteId)}/reasons`
    hearReasons({ [siteId]: (await connection.ask<Page<Reason>>('GET', path)).data.items })
  } catch {
    // It is called a reason of the site's own until it is asked for again.
    asked.delete(siteId)
  }
}

/** A rejection reason as a moderator reads it: codes in words, anything else as typed. */
export function reasonWords(reason: string, siteId: string | null): string {
  const theirs = siteId === null ? undefined : own(known.value, siteId)
  const texts = theirs?.find(({ code }) => code === reason)?.texts ?? {}
  const usual = own<string>(words().reasons, reason) ?? (ownReason.test(reason) ? words().ownReason : reason)
  return inLanguage(texts) ?? usual
}

/** What a wording says in the desk's language, else in any. */
function inLanguage(texts: Wording): string | undefined {
  const tags = Object.keys(texts)
  const tag = tags.find((tag) => tag === language.value) ?? tags.find((tag) => tag.startsWith(language.value))
  return texts[tag ?? tags[0] ?? '']
}
