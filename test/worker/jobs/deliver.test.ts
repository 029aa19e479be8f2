import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import type { Env } from '../../../worker/env.ts'
import { backoff, mostAttempts } from '../../../worker/jobs/deliver.ts'
import type { Delivery, Turn } from '../../../worker/store/delivery.ts'
import { bury, finish, postpone } from '../../../worker/store/deliveryEnds.ts'
import * as outbox from '../../../worker/store/outbox.ts'
import { counting } from '../counted.ts'
import { deliver, eventually, losing, sweepAt, sweepFields } from '../jobs.ts'
import { addSite, asOperator, call, decided, json, posted, screened } from '../product.ts'

const minute = 60_000
const window = 10 * minute

/** The time as the worker has it: it stands still, and goes on when a test says so. */
let now: number
const pass = (ms: number) => {
  now += ms
}

beforeEach(async () => {
  now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  await addSite()
  await setUp('well')
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Has Akismet asked, at a server on this machine that behaves in some way. */
const setUp = (behaviour: string, site = 'blog') =>
  json(
    asOperator('PUT', `/v1/sites/${site}/screeners/akismet`, {
      ...{ key: 'k3y', blog: 'https://blog.example/', endpoint: `${inject('outside')}/${behaviour}/akismet` },
    }),
  )

/** A comment that waits, with a text of its own. */
async function waiting() {
  const body = `DOUBT ${crypto.randomUUID()}`
  const made = await posted({ body })
  await screened(made.comment.id)
  return { id: made.comment.id, token: made.token, body }
}

/** What Akismet was told of a text, in turn. */
async function told({ body }: { body: string }): Promise<string[]> {
  const heard = await (await fetch(`${inject('outside')}/heard`)).json<{ path: string; body: string }[]>()
  return heard.flatMap(({ path, body: form }) => {
    const act = /^\/well\/akismet\/.*submit-(\w+)$/.exec(path)?.[1]
    return act && new URLSearchParams(form).get('comment_content') === body ? [act] : []
  })
}

interface Row extends Turn {
  attempts: number
  next_at: number
  failure: string | null
  dead_at: number | null
}

const rows = async () => (await env.DB.prepare('SELECT * FROM outbox ORDER BY id').all<Row>()).results
const row = async () => (await rows())[0] as Row

/** The cron's run, and what comes of it through the queue. */
const sweep = (environment?: Env) => sweepAt(now, environment)

/** Hands the worker the jobs that a sweep would send, and no others. */
const jobs = async () => (await rows()).map(({ id, turn }) => ({ v: 1, site: 'blog', deliver: id, turn }))

const undo = (decisionId: string) => json(asOperator('DELETE', `/v1/decisions/${decisionId}`))

describe('A decision is told outside', () => {
  it('once the time in which it can be undone is over, once, and leaves nothing behind', async () => {
    const comment = await waiting()
    await decided(comment.id, 'spam')
    pass(window - 1)
    await sweepAt(now + 2 * window)
    expect(await told(comment)).toEqual([])
    expect(await rows()).toHaveLength(1)
    pass(1)
    await sweep()
    await eventually(async () => expect(await rows()).toEqual([]))
    expect(await told(comment)).toEqual(['spam'])
    pass(window)
    await sweep()
    expect(await told(comment)).toEqual(['spam'])
  })

  it('of a text as it is then, or not at all: undone, withdrawn and edited ones stay in the house', async () => {
    const [undone, withdrawn, edited] = [await waiting(), await waiting(), await waiting()]
    await undo((await decided(undone.id, 'spam')).decisionId)
    await decided(withdrawn.id, 'approve')
    await call('DELETE', `/v1/sites/blog/comments/${withdrawn.id}`, { token: withdrawn.token })
    await decided(edited.id, 'approve')
    const change = { body: `${edited.body} and more`, revision: 1 }
    await json(call('PATCH', `/v1/sites/blog/comments/${edited.id}`, { token: edited.token, body: change }))
    expect(await rows()).toHaveLength(3)
    pass(window)
    await deliver(await jobs(), { environment: losing })
    expect(await rows()).toEqual([])
    for (const comment of [undone, withdrawn, edited, { body: change.body }])
      expect(await told(comment)).toEqual([])
  })

  it('as it stands when another took its place, that long after the last', async () => {
    const comment = await waiting()
    await decided(comment.id, 'spam')
    pass(window - 1)
    const { decisionId } = await decided(comment.id, 'approve')
    pass(1)
    await sweep()
    expect(await told(comment)).toEqual([])
    await undo(decisionId)
    pass(window)
    await sweep()
    await eventually(async () => expect(await rows()).toEqual([]))
    expect(await told(comment)).toEqual(['spam'])
  })

  it('where a site has it told, when a person decides', async () => {
    const comment = await waiting()
    await json(asOperator('PATCH', '/v1/sites/blog', { policy: 'postmoderate' }))
    const { comment: published } = await posted({ body: `Fine ${crypto.randomUUID()}` })
    expect((await screened(published.id)).decision?.byKind).toBe('screening')
    expect(await rows()).toEqual([])
    await asOperator('DELETE', '/v1/sites/blog/screeners/akismet')
    await decided(comment.id, 'spam')
    expect(await rows()).toEqual([])
  })
})

describe('What is to be delivered', () => {
  /** A decision that is due. */
  async function due() {
    const comment = await waiting()
    await decided(comment.id, 'spam')
    pass(window)
    return comment
  }

  it('comes again when its job is lost', async () => {
    const comment = await due()
    await sweep(losing)
    await sweep()
    expect(await told(comment)).toEqual([])
    pass(5 * minute)
    await sweep()
    await eventually(async () => expect(await rows()).toEqual([]))
    expect(await told(comment)).toEqual(['spam'])
  })

  it('is delivered once however often its job comes, side by side or later', async () => {
    const comment = await due()
    const [job] = await jobs()
    await Promise.all([deliver([job, job], { environment: losing }), deliver([job], { environment: losing })])
    await deliver([job], { environment: losing })
    expect(await told(comment)).toEqual(['spam'])
    expect(await rows()).toEqual([])
  })

  it('is left to the worker that has it, and comes again if that one never comes back', async () => {
    const comment = await due()
    const [job] = await jobs()
    await outbox.claim(env.DB as never, await row(), now + 5 * minute)
    await deliver([job], { environment: losing })
    pass(5 * minute - 1)
    await sweep()
    expect(await told(comment)).toEqual([])
    pass(1)
    await sweep()
    await eventually(async () => expect(await rows()).toEqual([]))
    expect(await told(comment)).toEqual(['spam'])
  })

  it('waits longer with each failure, apart from others, and is delivered once it can be', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    await setUp('broken')
    const comment = await due()
    vi.spyOn(Math, 'random').mockReturnValue(0)
    for (const minutes of [1, 2, 4]) {
      await deliver(await jobs(), { environment: losing })
      expect(await row()).toMatchObject({ failure: 'akismet answered 500', next_at: now + minutes * minute })
      pass(minutes * minute - 1)
      await sweep(losing)
      expect((await row()).next_at).toBe(now + 1)
      pass(1)
    }
    vi.mocked(Math.random).mockReturnValue(0.999)
    await deliver(await jobs(), { environment: losing })
    expect((await row()).next_at).toBe(now + Math.round(8 * minute * (1 - 0.999 / 4)))
    await setUp('well')
    pass(8 * minute)
    await sweep()
    await eventually(async () => expect(await rows()).toEqual([]))
    expect(await told(comment)).toEqual(['spam'])
  })

  it('is given up after so many tries, keeps nobody else waiting, and is forgotten after a month', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    await env.DB.prepare(
      `INSERT INTO outbox (destination, subject, site_id, created_at, next_at) VALUES ('pigeon', 'x', 'blog', ?1, ?1)`,
    )
      .bind(now)
      .run()
    const comment = await due()
    await deliver(await jobs(), { environment: losing })
    expect(await told(comment)).toEqual(['spam'])
    for (let tries = 1; tries < mostAttempts; tries++) {
      expect(await row()).toMatchObject({ attempts: tries, failure: 'unknown destination', dead_at: null })
      await deliver(await jobs(), { environment: losing })
    }
    expect(await row()).toMatchObject({ attempts: mostAttempts, dead_at: now })
    pass(60 * minute)
    const { next_at } = await row()
    await deliver(await jobs(), { environment: losing })
    await sweep(losing)
    expect(await row()).toMatchObject({ attempts: mostAttempts, next_at })
    expect(warn).toHaveBeenCalledTimes(mostAttempts)
    expect(await json(asOperator('GET', '/v1/health'))).toMatchObject({ status: 'ok', undelivered: 1 })
    pass(30 * 24 * 60 * minute)
    await sweepFields(now, losing)
    expect(await rows()).toEqual([])
  })

  it('is tried for two days at least, and three at most, whatever chance says', () => {
    const hoursOfTries = (random: number) =>
      Array.from({ length: mostAttempts - 1 }, (_, at) => backoff(at + 1, random)).reduce(
        (a, b) => a + b,
        0,
      ) /
      (60 * minute)
    expect(hoursOfTries(1)).toBeGreaterThan(48)
    expect(hoursOfTries(0)).toBeLessThan(72)
  })

  it('is given up when whoever takes it never comes back', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const comment = await due()
    for (let tries = 0; tries < mostAttempts; tries++) await outbox.claim(env.DB as never, await row(), now)
    await deliver(await jobs(), { environment: losing })
    expect(await row()).toMatchObject({ failure: 'never came back', dead_at: now })
    expect(await told(comment)).toEqual([])
  })

  it.each(['delivered', 'fails', 'is given up'])('is told anew when it changes while it %s', async (end) => {
    const comment = await due()
    const claimed = (await outbox.claim(env.DB as never, await row(), now + 5 * minute)) as Delivery
    await decided(comment.id, 'approve')
    if (end === 'delivered') await finish(env.DB as never, claimed, {}, now)
    else if (end === 'fails') await postpone(env.DB as never, claimed, { failure: 'x', nextAt: 0 })
    else await bury(env.DB as never, claimed, { failure: 'x', at: now })
    expect(await row()).toMatchObject({ attempts: 0, next_at: now + window, dead_at: null })
    await finish(env.DB as never, claimed, {}, now)
    expect(await rows()).toHaveLength(1)
    pass(window)
    await deliver(await jobs(), { environment: losing })
    expect(await told(comment)).toEqual(['ham'])
  })
})

describe('Costs', () => {
  const cron = async () => {
    const { environment, count } = counting(losing)
    await sweepAt(now, environment)
    return count
  }

  it('do not grow with what is not due or was given up', async () => {
    // The first one notes when the site is to be looked at for what is too old.
    await cron()
    const empty = await cron()
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
       INSERT INTO outbox (destination, subject, site_id, created_at, next_at, dead_at)
       SELECT 'pigeon', i, 'blog', 0, iif(i % 2, ?1, 0), iif(i % 2, NULL, ?1) FROM n`,
    )
      .bind(now + minute)
      .run()
    const full = await cron()
    expect(full.read).toBeLessThanOrEqual(empty.read + 4)
    expect(full.written).toBe(empty.written)
  })
})
