import { languageOf } from '../../widget/common/i18n.ts'
import { textOf } from '../../widget/common/markdown.ts'
import type { World } from '../commands/world.ts'
import type { ContentNode } from '../contract/content.ts'
import { pageAddress } from '../contract/pageAddress.ts'
import type { Site } from '../contract/site.ts'
import { titleFromKey } from '../http/article.ts'
import { type FactsOf, type LetterName, letterOf } from '../letters/letters.ts'
import type { ReaderLinks } from '../letters/readerFoot.ts'
import { instanceAddress } from '../mail/instanceAddress.ts'
import { AddressRefused, SubscriberRefused, sendMail } from '../mail/mailer.ts'
import { endingToken } from '../mail/subscribers.ts'
import { tellsReaders } from '../mail/tellsReaders.ts'
import * as sites from '../store/sites.ts'
import * as subscribers from '../store/subscribers.ts'

/** Somebody whom a site tells something by mail. */
export interface Reader {
  site: Site
  subscriber: subscribers.Subscriber
}

/** A subscriber who is to be told; null where they have not confirmed it or have ended it, or the site tells nobody. */
export async function readerOf(
  { env, db }: World,
  { siteId, id }: { siteId: string; id: string },
): Promise<Reader | null> {
  const reader = await addressedOf({ env, db }, { siteId, id })
  return reader?.subscriber.state === 'confirmed' ? reader : null
}

/** The same, where they need not have confirmed it: to ask them whether they do. */
export async function addressedOf(
  { env, db }: Pick<World, 'env' | 'db'>,
  { siteId, id }: { siteId: string; id: string },
): Promise<Reader | null> {
  const [site, subscriber] = await Promise.all([sites.find(db, siteId), subscribers.find(db, id)])
  return site && subscriber?.address && tellsReaders(env, site) ? { site, subscriber } : null
}

interface Letter<Name extends LetterName> {
  /** By which a repeat is known as the same mail: `[\w.-]+`. */
  id: string
  name: Name
  facts: Omit<FactsOf<Name>, keyof ReaderLinks>
  references?: string[]
  /** Whether it asks them if the address is theirs. */
  asks?: boolean
}

/**
 * Sends a letter to a reader.
 *
 * @returns what the mail's server answered
 * @throws Unavailable, MailRefused, or SubscriberRefused, where all else that goes to the address has ended
 */
export async function mailReader<Name extends LetterName>(
  { env }: World,
  { site, subscriber }: Reader,
  { id, name, facts, references, asks = false }: Letter<Name>,
): Promise<string> {
  const root = await instanceAddress(env)
  const page = `${root}/s/${await endingToken(env, subscriber.id)}`
  const links: ReaderLinks = {
    endUrl: `${page}#end`,
    allUrl: page,
    complaintUrl: `${page}#complaint`,
    dataUrl: `${root}/p`,
  }
  const locale = languageOf(subscriber.locale).language
  const letter = letterOf(name, { ...facts, ...links } as FactsOf<Name>, { locale }, site)
  try {
    return await sendMail(env, {
      ...letter,
      ...{
        id,
        to: subscriber.address,
        subscriberId: subscriber.id,
        fromName: site.name,
        locale,
        unsubscribe: page,
        asks,
      },
      ...(references && { references }),
    })
  } catch (error) {
    throw error instanceof AddressRefused ? new SubscriberRefused(error.message) : error
  }
}

/** A comment's page and place there. */
interface Place {
  id: string
  threadKey: string
  threadUrl: string
  title: string
}

/** What the page of a comment is called. */
export const pageTitleOf = (site: Site, { title, threadKey }: Pick<Place, 'title' | 'threadKey'>): string =>
  title || titleFromKey(site, threadKey)

/** Where a comment stands on its page; on a page of ours where it is not known where that is. */
export async function addressOf(env: World['env'], site: Site, comment: Place): Promise<string> {
  const page = pageAddress(comment.threadKey, comment.threadUrl, site.origins)
  const own = `/t/${site.id}?${new URLSearchParams({ key: comment.threadKey })}`
  const url = new URL(page !== null && URL.canParse(page) ? page : (await instanceAddress(env)) + own)
  url.hash = `comment-${comment.id}`
  return url.href
}

/** Code points of a comment that a mail has of it. */
const longest = 1_500

/** The text of a comment as a mail has it, or the start of it. */
export function excerptOf(content: string): string {
  const letters = [...textOf(JSON.parse(content) as ContentNode[]).trim()]
  return letters.length > longest ? `${letters.slice(0, longest).join('').trimEnd()}…` : letters.join('')
}
