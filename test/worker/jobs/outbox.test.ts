import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Destination } from '../../../worker/notify/destination.ts'
import { destinations } from '../../../worker/notify/destinations.ts'
import { Refused, Unavailable } from '../../../worker/outside/exchange.ts'
import { sql } from '../../../worker/store/database.ts'
import { forgetting } from '../../../worker/store/deliveries.ts'
import type { Delivered, Delivery, NewDelivery } from '../../../worker/store/delivery.ts'
import { addDeliveries } from '../../../worker/store/outbox.ts'
import { deliver, eventually, losing, sweepFields, withBatch } from '../jobs.ts'
import { addSite, posted, screened } from '../product.ts'

const minute = 60_000
const db = env.DB as never
let now: number
/** What each recipient was told, by the name of the message. */
let told: Delivery[]
let isWanted: boolean

/** Hangs on held comments, and tells three recipients, two at a time. */
const fan: Destination = {
  kind: 'fan',
  wants: (event) =>
    event.act === 'comment.held' ? { subject: `held ${event.commentId}`, notBefore: event.at } : null,
  where: { text: 'x.siteId = ?', values: ['blog'] },
  async deliver({ db }, { details, at }) {
    const from = (details.from as number | undefined) ?? 0
    const next = ['a', 'b', 'c'].slice(from, from + 2).map((id) => ({
      ...{ destination: 'pigeon', subject: `${details.commentId} ${id}`, notBefore: at, details },
      to: { id, shown: `${id}…` },
    }))
    const also = [sql(db, `UPDATE sites SET name = name || '${from}' WHERE id = 'blog'`)]
    return { next, also, ...(from < 2 && { again: { nextAt: at, details: { ...details, from: 2 } } }) }
  },
}

let tell: (delivery: Delivery) => Promise<Delivered>
const pigeon: Destination = {
  kind: 'pigeon',
  deliver: async (_, delivery) => tell(delivery),
}

beforeEach(async () => {
  now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
  told = []
  isWanted = true
  tell = async (delivery) => {
    told.push(delivery)
    return isWanted ? { answer: 'taken' } : {}
  }
  destinations.push(fan, pigeon)
  await addSite()
})
afterEach(() => {
  destinations.splice(destinations.indexOf(fan), 2)
  vi.restoreAllMocks()
})

const read = async <Row>(query: string) => (await env.DB.prepare(query).all<Row>()).results
interface Row {
  id: number
  turn: number
  attempts: number
  next_at: number
  failure: string | null
  dead_at: number | null
  details: string
}
const rows = () => read<Row>('SELECT * FROM outbox ORDER BY id')
const row = async () => (await rows())[0] as Row
const log = () => read<{ recipient: string; answer: string; act: string }>('SELECT * FROM deliveries')
const work = async (environment = losing) =>
  deliver(
    (await rows())
      .filter(({ dead_at, next_at }) => dead_at === null && next_at <= now)
      .map(({ id, turn }) => ({ v: 1, site: 'blog', deliver: id, turn })),
    { environment },
  )

/** A comment that screening leaves to a person. */
async function held() {
  const { comment } = await posted()
  await screened(comment.id)
  return comment.id
}

const add = (wish: Partial<NewDelivery>) =>
  env.DB.batch([
    addDeliveries(
      db,
      [{ destination: 'pigeon', siteId: 'blog', act: 'x', at: now, subject: 's', notBefore: now, ...wish }],
      { text: 'TRUE', values: [] },
    ) as never,
  ])

describe('An event that somebody wants to be told of', () => {
  it('is one row, which fans out into one for each recipient; what was delivered is logged', async () => {
    const id = await held()
    expect(await rows()).toMatchObject([{ destination: 'fan', act: 'comment.held', attempts: 0 }])
    expect(JSON.parse((await row()).details)).toEqual({
      ...{ commentId: id, revision: 1, actor: { kind: 'screening', id: expect.any(String) } },
    })
    await work()
    expect((await rows()).map(({ attempts }) => attempts)).toEqual([0, 0, 0])
    await work()
    await work()
    expect(await rows()).toEqual([])
    expect(told.map(({ to }) => to?.id).sort()).toEqual(['a', 'b', 'c'])
    expect(told[0]).toMatchObject({ act: 'comment.held', siteId: 'blog', details: { commentId: id } })
    expect(await log()).toHaveLength(3)
    expect(await log()).toContainEqual(
      expect.objectContaining({ recipient: 'a…', answer: 'taken', act: 'comment.held', attempts: 1 }),
    )
  })

  it('is written for each destination that the site wants it told, and for no other', async () => {
    const crow: Destination = { ...fan, kind: 'crow', where: { text: 'x.siteId <> ?', values: ['blog'] } }
    destinations.push(crow)
    await addSite({ id: 'other', name: 'Other' })
    await screened((await posted({}, {}, 'other')).comment.id)
    await held()
    destinations.splice(destinations.indexOf(crow), 1)
    expect(await rows()).toMatchObject([
      { destination: 'crow', site_id: 'other' },
      { destination: 'fan', site_id: 'blog' },
    ])
  })

  it('has what follows from it delivered at once, slice after slice, without waiting for the cron', async () => {
    await held()
    const jobs = (await rows()).map(({ id, turn }) => ({ v: 1, site: 'blog', deliver: id, turn }))
    await deliver(jobs)
    await eventually(async () => expect(told).toHaveLength(3))
  })

  it('that finds nothing to tell any more leaves no line', async () => {
    isWanted = false
    await held()
    for (let round = 0; round < 3; round++) await work()
    expect(await rows()).toEqual([])
    expect(await log()).toEqual([])
  })
})

describe('Killed at any moment', () => {
  const moments = Array.from({ length: 6 }, (_, at) =>
    (['before', 'after'] as const).map((side) => ({ at, side })),
  )

  it.each(moments.flat())(
    '$side transaction $at, it loses nothing and doubles nothing',
    async ({ at, side }) => {
      await held()
      let count = 0
      const mortal = withBatch(async (statements) => {
        if (count++ !== at) return env.DB.batch(statements)
        if (side === 'after') await env.DB.batch(statements)
        throw new Error('killed')
      }, losing)
      for (let round = 0; round < 12 && (await rows()).length > 0; round++) {
        await work(mortal)
        now += 5 * minute
      }
      expect(count).toBeGreaterThan(4)
      expect(await rows()).toEqual([])
      expect([...new Set(told.map(({ subject }) => subject.slice(-1)))].sort()).toEqual(['a', 'b', 'c'])
      expect(await log()).toHaveLength(3)
      expect(await read('SELECT name FROM sites')).toMatchObject([
        { name: expect.stringMatching(/[^02]02$/) },
      ])
    },
  )

  it('a worker that comes back late writes nothing of what another did meanwhile', async () => {
    await add({ to: { id: 'a', shown: 'A' } })
    tell = async (delivery) => {
      if (delivery.attempts === 1) {
        now += 5 * minute
        await work()
      }
      return {
        answer: `try ${delivery.attempts}`,
        next: [{ destination: 'pigeon', subject: 'next', notBefore: 1e15 }],
      }
    }
    await work()
    expect(await log()).toMatchObject([{ answer: 'try 2' }])
    expect(await rows()).toHaveLength(1)
  })
})

describe('What waits keeps the earlier time where it gathers', () => {
  it('and its place in the queue, whatever comes to it', async () => {
    await add({ notBefore: now + 5 * minute, keepEarliest: true })
    await add({ notBefore: now + 15 * minute, keepEarliest: true, at: now + 1 })
    expect(await rows()).toMatchObject([{ next_at: now + 5 * minute, turn: 0 }])
    await add({ notBefore: now + minute, keepEarliest: true })
    expect(await rows()).toMatchObject([{ next_at: now + minute, turn: 0 }])
    await add({ notBefore: now + 15 * minute })
    expect(await rows()).toMatchObject([{ next_at: now + 15 * minute, turn: 1 }])
  })

  it('and comes again for what came while it was told', async () => {
    await add({ keepEarliest: true })
    tell = async () => {
      tell = async () => ({})
      await add({ notBefore: now + 15 * minute, keepEarliest: true })
      await add({ notBefore: now + 20 * minute, keepEarliest: true })
      return { answer: 'taken' }
    }
    await work()
    expect(await rows()).toMatchObject([{ next_at: now + 15 * minute, attempts: 0 }])
    expect(await log()).toHaveLength(1)
  })

  it('and what came while it told a first part: it begins from that', async () => {
    await add({ keepEarliest: true, details: { from: 'old' } })
    tell = async () => {
      tell = async () => ({})
      await add({ notBefore: now + minute, keepEarliest: true, details: { from: 'new' } })
      return { again: { nextAt: now + 5 * minute, details: { from: 'old', after: 2 } } }
    }
    await work()
    expect(await rows()).toMatchObject([{ next_at: now + minute, details: '{"from":"new"}' }])
  })

  it('and its tries while it fails; what comes after it was given up begins anew', async () => {
    tell = async () => {
      throw new Unavailable('answered 503', now + 60 * minute)
    }
    await add({ keepEarliest: true })
    await work()
    await add({ notBefore: now + minute, keepEarliest: true })
    expect(await rows()).toMatchObject([
      { next_at: now + 60 * minute, attempts: 1, failure: 'answered 503', dead_at: null },
    ])
    await env.DB.exec('UPDATE outbox SET dead_at = 1')
    await add({ notBefore: now + minute, keepEarliest: true })
    expect(await rows()).toMatchObject([{ next_at: now + minute, attempts: 0, failure: null, dead_at: null }])
  })
})

describe('What is refused', () => {
  it('is given up at once with its answer', async () => {
    tell = async () => {
      throw new Refused('answered 410')
    }
    await add({})
    await work()
    expect(await rows()).toMatchObject([{ attempts: 1, failure: 'answered 410', dead_at: now }])
    expect(await log()).toEqual([])
  })
})

describe('What is known of deliveries', () => {
  it('is forgotten with its recipient, and all of it after a month', async () => {
    await add({ subject: '1', to: { id: 'a', shown: 'A' } })
    await add({ subject: '2', to: { id: 'b', shown: 'B' } })
    await work()
    await add({ subject: '3', notBefore: now + minute, to: { id: 'a', shown: 'A' } })
    await add({ subject: '4', notBefore: now + minute, to: { id: 'b', shown: 'B' } })
    await env.DB.batch(forgetting(db, ['a']) as never)
    expect(await log()).toMatchObject([{ recipient: 'B' }])
    expect(await rows()).toMatchObject([{ subject: '4' }])
    await sweepFields(now + 31 * 24 * 60 * minute, losing)
    expect(await log()).toEqual([])
  })
})
