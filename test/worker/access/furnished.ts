import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { Ban } from '../../../worker/contract/bans.ts'
import type { BulkAct } from '../../../worker/contract/bulkActs.ts'
import type { DeliveryItem } from '../../../worker/contract/deliveries.ts'
import type { Endpoint } from '../../../worker/contract/endpoints.ts'
import type { FlaggedPage } from '../../../worker/contract/flags.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import type { SessionOfPerson } from '../../../worker/contract/session.ts'
import type { ThreadMove } from '../../../worker/contract/threadMoves.ts'
import type { MadeToken } from '../../../worker/contract/tokens.ts'
import { begun } from '../importing.ts'
import { eventually } from '../jobs.ts'
import { asOperator, call, comment, decided, json, post, queue } from '../product.ts'
import { signedIn } from '../staffed.ts'

/** An API token that the operator makes. */
export const makeToken = (asked: Record<string, unknown>) =>
  json<MadeToken>(asOperator('POST', '/v1/tokens', { name: 'script', ...asked }), 201)

/** Ids of one of everything that a site can have. */
export interface Things {
  comment: string
  decision: string
  thread: string
  author: string
  ban: string
  bulkAct: string
  import: string
  threadMove: string
  token: string
  /** A webhook, and what was given up of it. */
  endpoint: string
  delivery: string
  person: string
  session: string
  /** Whose open report there is, and who is muted. */
  reporter: string
  site: string
}

/** Where nobody answers. */
const url = 'https://hook.example/'

/** One of everything on a site. */
export async function furnish(site: string, origin: string): Promise<Things> {
  const written = comment({ url: `${origin}/post`, body: `Words of ${site}` })
  await json(post(written, { origin }, site), 202)
  const { decisionId } = await decided(written.id, 'approve')
  const item = (await queue(`tab=all&site=${site}`)).items[0] as QueuePage['items'][0]
  const ban = await json<Ban>(
    asOperator('POST', '/v1/bans', { siteId: site, kind: 'domain', value: `${site}.example`, confirm: true }),
    201,
  )
  const asked = { id: crypto.randomUUID(), filter: { tab: 'spam', site }, action: 'reject' }
  const act = await json<BulkAct>(asOperator('POST', '/v1/bulk-acts', asked), 202)
  await eventually(async () => {
    const { state } = await json<BulkAct>(asOperator('GET', `/v1/bulk-acts/${act.id}`))
    expect(state).toBe('done')
  })
  const flags = `/v1/sites/${site}/comments/${written.id}/flags`
  const report = (note: string) =>
    call('POST', flags, { origin, token: crypto.randomUUID(), body: { reason: 'illegal', note } })
  expect((await report(`Report of ${site}`)).status).toBe(204)
  const { items: reported } = await json<FlaggedPage>(asOperator('GET', `/v1/flags?site=${site}`))
  const reporter = reported[0]?.flags[0]?.reporter.id ?? ''
  expect((await report(`Muted report of ${site}`)).status).toBe(204)
  const { items: both } = await json<FlaggedPage>(asOperator('GET', `/v1/flags?site=${site}`))
  const muted = both[0]?.flags.find((flag) => flag.reporter.id !== reporter)?.reporter.id
  expect((await asOperator('PUT', `/v1/sites/${site}/reporters/${muted}/mute`)).status).toBe(204)
  const hook = { site, kind: 'webhook', name: `Hook of ${site}`, types: ['comment.edited'], config: { url } }
  const endpoint = await json<Endpoint>(asOperator('POST', '/v1/webhooks', hook), 201)
  await env.DB.prepare(
    `INSERT INTO outbox (destination, subject, site_id, created_at, next_at, dead_at, recipient)
     VALUES ('pigeon', ?1, ?1, 1, 1, ?2, 'Pigeon of ' || ?1)`,
  )
    .bind(site, Date.now())
    .run()
  const listed = await json<Page<DeliveryItem>>(asOperator('GET', `/v1/deliveries?site=${site}&status=dead`))
  const moved = (from: string, to: string) =>
    json<ThreadMove>(asOperator('POST', '/v1/thread-moves', { id: crypto.randomUUID(), site, from, to }), 202)
  await moved('/post', '/moved')
  const move = await moved('/moved', '/post')
  const token = await makeToken({ name: `of ${site}`, site })
  const person = await signedIn(`Moderator of ${site}`, 'moderator', [site])
  const { items: sessions } = await json<Page<SessionOfPerson>>(person.ask('GET', '/v1/sessions'))
  return {
    comment: written.id,
    decision: decisionId,
    thread: String(item.thread.id),
    author: item.author.id,
    ban: ban.id,
    bulkAct: act.id,
    import: (await begun(site)).id,
    threadMove: move.id,
    token: token.id,
    endpoint: endpoint.id,
    delivery: listed.items[0]?.id ?? '',
    person: person.id,
    session: sessions[0]?.id ?? '',
    reporter,
    site,
  }
}
