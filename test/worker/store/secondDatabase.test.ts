import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { NewComment } from '../../../worker/contract/comment.ts'
import type { DecisionResults } from '../../../worker/contract/decisions.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import type { Site } from '../../../worker/contract/site.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import type { Env, Job } from '../../../worker/env.ts'
import { deliver, fetchIn, sweepAt } from '../jobs.ts'
import { addSite, comment, host, json, pageOrigin } from '../product.ts'

/** Jobs that are about a site: the full-text index has its own. */
const sent: Job[] = []

/** An instance that keeps one of its sites in a database of its own. */
const environment = {
  ...env,
  SITES_IN: { second: 'DB_2' },
  SCREENING: {
    send: async (job: Job) => void ('index' in job || sent.push(job)),
    sendBatch: async (jobs: { body: Job }[]) => void sent.push(...jobs.map(({ body }) => body)),
  },
} as unknown as Env

const ask = <Answer>(method: string, path: string, body?: unknown, status = 200): Promise<Answer> => {
  const headers = {
    origin: pageOrigin,
    'cf-connecting-ip': '198.21.0.1',
    ...(path.startsWith('/v1/sites/') ? {} : { authorization: `Bearer ${env.OPERATOR_KEY}` }),
  }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  return json(fetchIn(environment, new Request(host + path, { method, headers, ...sent })), status)
}

const posted = async (more: Partial<NewComment> = {}, site = 'second') => {
  const made = comment(more)
  await ask('POST', `/v1/sites/${site}/comments`, made, 202)
  return made.id
}

const held = (site: string) => ask<QueuePage>('GET', `/v1/queue?site=${site}&tab=all`)
const shown = (site: string) => ask<ThreadPage>('GET', `/v1/sites/${site}/thread?key=/post`)
const rows = (db: D1Database) => db.prepare('SELECT count(*) AS n FROM comments').first<number>('n')

beforeAll(() => applyD1Migrations(env.DB_2, env.TEST_MIGRATIONS))

it('A site with a database of its own is stored, screened, decided and shown there', async () => {
  await addSite()
  await ask('POST', '/v1/sites', { id: 'second', name: 'Second', origins: [pageOrigin] }, 201)
  const { items: sites } = await ask<Page<Site>>('GET', '/v1/sites')
  expect(sites.map(({ id }) => id)).toEqual(['blog', 'second'])

  const [one, other] = [await posted(), await posted({}, 'blog')]
  expect(sent.splice(0)).toEqual([
    { v: 1, site: 'second', id: one, revision: 1 },
    { v: 1, site: 'blog', id: other, revision: 1 },
  ])
  expect([await rows(env.DB), await rows(env.DB_2)]).toEqual([1, 1])

  await sweepAt(Date.now() + 120_000, environment)
  expect(sent.splice(0)).toEqual([
    { v: 1, site: 'blog', id: other, revision: 1 },
    { v: 1, site: 'second', id: one, revision: 1 },
  ])
  // As an earlier release sent them.
  await deliver(
    [one, other].map((id) => ({ v: 1, id, revision: 1 })),
    { environment },
  )
  for (const site of ['second', 'blog']) expect((await held(site)).items).toMatchObject([{ verdict: 'hold' }])

  const requests = [one, other].map((commentId) => ({ commentId, revision: 1, action: 'approve' }))
  const { results } = await ask<DecisionResults>('POST', '/v1/decisions', requests)
  expect(results).toMatchObject([{ status: 'approved' }, { status: 'approved' }])
  for (const [site, id] of [
    ['second', one],
    ['blog', other],
  ])
    expect((await shown(site as string)).items.map((item) => item.id)).toEqual([id])

  const [first] = results
  await ask('DELETE', `/v1/decisions/${first && 'decisionId' in first ? first.decisionId : ''}`)
  expect((await shown('second')).items).toEqual([])
  expect((await shown('blog')).items).toHaveLength(1)
})
