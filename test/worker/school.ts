import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { postComment } from '../../worker/commands/postComment.ts'
import type { World } from '../../worker/commands/world.ts'
import type { AuditEntry } from '../../worker/contract/auditLog.ts'
import type { NewComment } from '../../worker/contract/comment.ts'
import type { Action, DecisionResults } from '../../worker/contract/decisions.ts'
import type { Finding, FindingCode } from '../../worker/contract/findings.ts'
import type { Page } from '../../worker/contract/page.ts'
import type { QueueItem } from '../../worker/contract/queue.ts'
import type { Site } from '../../worker/contract/site.ts'
import type { SiteStats } from '../../worker/contract/stats.ts'
import { digest } from '../../worker/crypto.ts'
import type { Env, LearningJob } from '../../worker/env.ts'
import type { Byline } from '../../worker/moderation/learner/byline.ts'
import * as sites from '../../worker/store/sites.ts'
import { foundIn } from '../findings.ts'
import { fineText, mixedText, spamText } from './corpus.ts'
import { deliver, eventually, fetchIn, losing } from './jobs.ts'
import { bringBackRows, isEmpty, keepRows } from './keptRows.ts'
import { addSite, asOperator, comment, host, json, pageOrigin, posted, queue } from './product.ts'

let schools = 0

/** Comments of lessons of each site, of which four stand on a page: no page has words of its own. */
const lines = new Map<string, number>()
const onPage = 4

/** A site whose learner decides what it can; of its own, since a worker remembers models by site. */
export async function addSchool(site: Record<string, unknown> = {}): Promise<string> {
  const id = `school-${++schools}`
  await addSite({ id, name: id, policy: 'trusted', ...site })
  return id
}

interface Posted {
  /** The one author's; each comment has an author of its own without it. */
  token?: string
  /** Their names and websites, in turn. */
  bylines?: Byline[]
  /** The page of all; a few stand on each page without it. */
  key?: string
}

/** Posts comments as the route does but for the jobs: they are not screened. */
export async function stored(
  siteId: string,
  bodies: string[],
  { token, bylines = [{ name: 'Mika', url: null }], key: page }: Posted = {},
): Promise<string[]> {
  const site = (await sites.find(env.DB, siteId)) as Site
  const hash = token === undefined ? null : await digest(token)
  const world: World = {
    env: env as unknown as Env,
    db: env.DB,
    now: Date.now(),
    defer: () => {},
    happened: [],
  }
  const ids: string[] = []
  for (const [at, body] of bodies.entries()) {
    const line = lines.get(siteId) ?? 0
    lines.set(siteId, line + 1)
    const key = page ?? `/class/${Math.floor(line / onPage)}`
    const { id, url, title, elapsedMs } = comment({ url: `${pageOrigin}${key}`, title: 'Class' })
    const author = { email: null, ...(bylines[at % bylines.length] as Byline) }
    const made = { id, key, url, title, author, body, elapsedMs, trap: '' }
    await postComment(world, {
      site,
      sender: { token: token ?? null, hash, author: null, networks: [], hashes: null },
      comment: made,
      quota: null,
    })
    ids.push(id)
  }
  return ids
}

/** Stores comments and screens them at once, instead of queueing for it. */
export async function examined(site: string, bodies: string[]): Promise<QueueItem[]> {
  const ids = await stored(site, bodies)
  await deliver(ids.map((id) => ({ v: 1, id, revision: 1 })))
  return listedAll(ids)
}

export interface Given {
  id: string
  action: Action
  reason?: string
}

/** Decides comments, so few in a request that each counts as read. */
export async function decideAll(given: Given[], environment = env as unknown as Env): Promise<string[]> {
  const decisions: string[] = []
  for (let start = 0; start < given.length; start += 10) {
    const some = given.slice(start, start + 10)
    const request = new Request(`${host}/v1/decisions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${env.OPERATOR_KEY}` },
      body: JSON.stringify(some.map(({ id, ...more }) => ({ commentId: id, revision: 1, ...more }))),
    })
    const { results } = await json<DecisionResults>(fetchIn(environment, request))
    decisions.push(...results.map((result) => ('decisionId' in result ? result.decisionId : '')))
  }
  return decisions
}

export const stats = async (site: string): Promise<SiteStats> =>
  (await json<Page<SiteStats>>(asOperator('GET', `/v1/stats?site=${site}`))).items[0] as SiteStats

/** Has the learner take in what was decided, which a job would do some seconds later, and asks what it knows. */
export async function learnt(site: string): Promise<SiteStats> {
  await study(site, env as unknown as Env)
  return stats(site)
}

/** Comments of both classes in turn and some of neither, as people decide them. */
export function lessons({ fine = 50, spam = 50, mixed = 8 } = {}): [body: string, action: Action][] {
  const all: [string, Action][] = []
  for (let at = 0; at < Math.max(fine, spam, mixed); at++) {
    if (at < fine) all.push([fineText(at), 'approve'])
    if (at < spam) all.push([spamText(at), 'spam'])
    if (at < mixed) all.push([mixedText(at), at % 2 === 0 ? 'approve' : 'spam'])
  }
  return all
}

/**
 * Has people decide comments, and the site's learner take them in at once instead of queueing for it.
 *
 * Teaching takes a second. So where there are no comments yet, a site gets the rows that the first one taught the
 * same lessons had.
 */
export async function taught(site: string, decided = lessons()): Promise<Given[]> {
  const bodies = decided.map(([body]) => body)
  const name = (await digest(JSON.stringify(decided))).replaceAll(/\W/g, '_')
  const first = await isEmpty()
  const again = first && (await bringBackRows(name, site))
  const ids = again ? await idsOf(site) : await stored(site, bodies)
  const given = decided.map(([, action], at) => ({ id: ids[at] as string, action }))
  if (again) return given
  await decideAll(given, losing)
  await study(site)
  if (first) await keepRows(name)
  return given
}

/** The ids of a site's comments in the order they were stored. */
async function idsOf(site: string): Promise<string[]> {
  const { results } = await env.DB.prepare('SELECT id FROM comments WHERE site_id = ? ORDER BY seq')
    .bind(site)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}

/**
 * Does all that the site's learner has to do, a job after the other, as each asks for the next.
 *
 * @param inner where comments are scored anew: nowhere unless it is said
 */
export async function study(site: string, inner = losing): Promise<void> {
  let goesOn = true
  const send = async (job: LearningJob) => {
    if (job.rescoreAfter === undefined) goesOn = true
    else await inner.SCREENING.send(job)
  }
  const environment = { ...inner, SCREENING: { ...losing.SCREENING, send } } as unknown as Env
  while (goesOn) {
    goesOn = false
    await deliver([{ v: 1, learn: site }], { environment })
  }
  expect((await stats(site)).automation.upToDate).toBe(true)
}

/** Posts comments, each by a newcomer, and waits until all are screened. */
export async function asked(
  site: string,
  bodies: string[],
  more: Partial<NewComment> = {},
): Promise<QueueItem[]> {
  const ids: string[] = []
  for (const body of bodies) ids.push((await posted({ ...more, body }, {}, site)).comment.id)
  return eventually(async () => {
    const items = await listedAll(ids)
    for (const item of items) expect(item.verdict).toBeTruthy()
    return items
  })
}

/** Comments as moderators see them, in the order asked for. */
async function listedAll(ids: string[]): Promise<QueueItem[]> {
  const found = new Map<string, QueueItem>()
  for (let start = 0; start < ids.length; start += 100) {
    const page = await queue(`tab=all&limit=100&ids=${ids.slice(start, start + 100)}`)
    for (const item of page.items) found.set(item.id, item)
  }
  return ids.map((id) => found.get(id) as QueueItem)
}

/** A comment as moderators see it. */
export const listed = async (id: string): Promise<QueueItem> => (await listedAll([id]))[0] as QueueItem

export const finding = <Code extends FindingCode>(of: { findings: Finding[] } | undefined, code: Code) =>
  foundIn(of?.findings, code)

export const log = async (query = ''): Promise<AuditEntry[]> =>
  (await json<Page<AuditEntry>>(asOperator('GET', `/v1/audit-log?${query}`))).items

/** The learner as it is kept, but for what counts the steps to it, and for what follows from comments that wait. */
export const kept = (site: string) =>
  env.DB.prepare(
    "SELECT json_remove(model, '$.spreads') AS model, guard, scores FROM learners WHERE site_id = ?",
  )
    .bind(site)
    .first()

/** A site's settings or policy, changed. */
export const change = async (site: string, more: Record<string, unknown>) =>
  json(asOperator('PATCH', `/v1/sites/${site}`, more))
