import { labelledLinksOf, linksOf, safeHref, textOf } from '../../widget/common/markdown.ts'
import type { ContentNode } from '../contract/content.ts'
import { readSettings } from '../contract/siteSettings.ts'
import type { Env } from '../env.ts'
import type { ExternalAnswer, Facts } from '../moderation/facts.ts'
import { domainsOver, hostsOf } from '../moderation/rules/links.ts'
import { maskOf } from '../moderation/text/maskedLink.ts'
import {
  agreement,
  leastAgreement,
  readSignature,
  type Signature,
  signatureOf,
  writeSignature,
} from '../moderation/text/minHash.ts'
import { likenessOf } from '../moderation/text/nameLikeness.ts'
import { fold } from '../moderation/text/normalize.ts'
import { trustOf } from '../moderation/trust.ts'
import { questionOf } from '../screeners/question.ts'
import { ask } from '../screeners/services.ts'
import { bansInForce } from '../store/bansInForce.ts'
import { databaseOf, mainDatabase } from '../store/database.ts'
import { type Alike, alike, newHosts } from '../store/likeness.ts'
import * as screeners from '../store/screeners.ts'
import * as store from '../store/screening.ts'
import { accountNames, type BadgeHolder, badgeHolders } from '../store/staffNames.ts'
import * as wordLists from '../store/wordLists.ts'

/** Hosts of one comment that are remembered. */
const mostHosts = 10

/** All that is known of a comment, and by what it can be found again: its signature, and hosts that it links to. */
export interface Evidence {
  facts: Facts
  signature: string | null
  hosts: string[]
}

/** Gathers what rules ask about a comment: from the store, and from the services its site has asked. */
export async function gather(env: Env, candidate: store.Candidate, now: number): Promise<Evidence> {
  const db = databaseOf(env, candidate.siteId)
  const settings = readSettings(candidate.settings)
  const content = JSON.parse(candidate.content) as ContentNode[]
  const website = candidate.url === null ? null : safeHref(candidate.url)
  const links = [...linksOf(content), ...(website === null ? [] : [website])]
  const hosts = [...new Set(links.flatMap(hostsOf))]
  const domains = [...new Set(hosts.flatMap(domainsOver))]
  const folded = fold(candidate.body)
  const signature = signatureOf(folded)
  const written = signature && writeSignature(signature)
  const [repeats, like, fresh, lists, bans, holders, accounts, external] = await Promise.all([
    store.repeats(db, candidate),
    written === null
      ? []
      : alike(db, candidate.siteId, [{ seq: candidate.seq, signature: written }], {
          from: 'latest',
          most: 20,
        }),
    newHosts(db, candidate, hosts.slice(0, mostHosts)),
    wordLists.lists(db, candidate.siteId),
    bansInForce(
      db,
      candidate.siteId,
      [
        { kind: 'author', value: candidate.authorPublicId },
        ...domains.map((value) => ({ kind: 'domain' as const, value })),
      ],
      now,
    ),
    badgeHolders(db, candidate.siteId),
    accountNames(mainDatabase(env), candidate.siteId),
    askOutside(env, candidate, now),
  ])
  const history = {
    approved: candidate.approved,
    rejected: candidate.rejected,
    spam: candidate.spam,
    firstApprovedAt: candidate.firstApprovedAt,
  }
  return {
    signature: written,
    hosts: hosts.slice(0, mostHosts),
    facts: {
      policy: candidate.policy,
      settings,
      body: candidate.body,
      folded,
      ...readingsOf(candidate.body, content),
      name: candidate.name,
      website,
      worn: wornName(candidate, holders, accounts),
      links,
      mask:
        labelledLinksOf(content).flatMap(({ href, text }) => maskOf(text, hostsOf(href)) ?? [])[0] ?? null,
      newHosts: [...fresh.map(({ host }) => host), ...hosts.slice(mostHosts)],
      spamHosts: fresh.filter(({ spam }) => spam > 0).map(({ host }) => host),
      title: candidate.pageTitle,
      postedAt: candidate.editedAt ?? candidate.createdAt,
      elapsedMs: candidate.elapsedMs,
      trapped: candidate.trapped === 1,
      trust: trustOf(history, settings, candidate.pinnedTrust),
      pinned: candidate.pinnedTrust,
      history,
      repeats,
      similar: signature === null ? { ids: [], total: 0, refused: 0 } : similarTo(signature, like),
      flags: candidate.flags,
      threadChecked: candidate.threadChecked === 1,
      lists,
      bans: bans.map(({ kind, value }) => ({ kind: kind as 'author' | 'domain', value })),
      learnt: null,
      external,
    },
  }
}

/** The text as readers see it, and without what it quotes, where those are other than its source. */
function readingsOf(body: string, content: ContentNode[]): Pick<Facts, 'shown' | 'unquoted'> {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
  const shown = textOf(content)
  const unquoted = textOf(content, false)
  return {
    shown: plain(shown) === plain(body) ? null : shown,
    unquoted: plain(unquoted) === plain(shown) ? null : unquoted,
  }
}

/** What a badge holder is known by: their badge, and their name with and without it. */
const wornAs = ({ names, badge }: BadgeHolder) => [
  badge,
  ...names.flatMap((name) => [name, `${name} ${badge}`, `${badge} ${name}`]),
]

/** Whose name an author wears who has no badge. Of a holder only the public id is kept: their words may be erased. */
function wornName(
  { name, authorPublicId }: store.Candidate,
  holders: BadgeHolder[],
  accounts: string[],
): NonNullable<Facts['worn']> | null {
  if (holders.some(({ authorId }) => authorId === authorPublicId)) return null
  const looksLike = likenessOf(name)
  const holder = holders.find((one) => wornAs(one).some(looksLike))
  if (holder) return { name: holder.authorId, author: holder.authorId }
  const account = accounts.find(looksLike)
  return account === undefined ? null : { name: account }
}

function similarTo(signature: Signature, like: Alike[]): Facts['similar'] {
  const found = like.filter((other) => agreement(signature, readSignature(other.signature)) >= leastAgreement)
  const refused = found.filter(({ status }) => status === 'spam' || status === 'rejected').length
  return { ids: found.map(({ id }) => id), total: found.length, refused }
}

async function askOutside(env: Env, candidate: store.Candidate, now: number): Promise<ExternalAnswer[]> {
  const db = databaseOf(env, candidate.siteId)
  const configured = await screeners.list(db, candidate.siteId)
  if (configured.length === 0) return []
  const answers = await ask(env, configured, questionOf(candidate))
  await screeners.note(db, candidate, configured, answers, now)
  return answers
}
