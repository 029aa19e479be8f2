import { env } from 'cloudflare:workers'
import type { QueueSendOptions } from '@cloudflare/workers-types'
import { describe, expect, it } from 'vitest'
import type { Env, LearningJob } from '../../../worker/env.ts'
import { mostRefused } from '../../../worker/moderation/learner/guard.ts'
import { packLesson } from '../../../worker/moderation/learner/lessons.ts'
import { type PackedLesson, repack } from '../../../worker/moderation/learner/packs.ts'
import { mostLessons } from '../../../worker/moderation/learner/training.ts'
import { costs as bounds } from '../../costs.ts'
import { fineText, rudeText, spamText } from '../corpus.ts'
import { counting } from '../counted.ts'
import { deliver, fetchIn, losing, sweepAt, withBatch } from '../jobs.ts'
import { host } from '../product.ts'
import { addSchool, decideAll, examined, type Given, kept, stats, stored, study } from '../school.ts'

/** Lessons of a site, each by another author, that no model reads. */
async function fillLessons(site: string, most: number): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1000000 UNION ALL SELECT i + 1 FROM n WHERE i < 999999 + ?2)
     INSERT INTO lessons (site_id, comment_seq, label, author_id, source, cluster, place)
     SELECT ?1, i, iif(i % 2, 'fine', 'spam'), i, i, i, 20 FROM n`,
  )
    .bind(site, most)
    .run()
}

/** Rows that a learning job reads. */
async function rowsOfJob(site: string): Promise<number> {
  const { environment, count } = counting(losing)
  await deliver([{ v: 1, learn: site }], { environment })
  return count.read
}

describe('A decision is taken in', () => {
  it.each([100, 10_000])(
    'at a few rows where there are %i lessons, with an address or again',
    async (most) => {
      const site = await addSchool()
      await fillLessons(site, most)
      const ids = await stored(site, [fineText(1), fineText(2)])
      await env.DB.prepare("UPDATE comments SET address = 'somewhere' WHERE site_id = ?").bind(site).run()
      await decideAll(
        ids.map((id) => ({ id, action: 'approve' })),
        losing,
      )
      expect(await rowsOfJob(site)).toBeLessThan(80)
      const places = await env.DB.prepare(
        'SELECT source, place FROM lessons WHERE site_id = ? AND comment_seq < 1000000 ORDER BY comment_seq',
      )
        .bind(site)
        .all<{ source: number; place: number }>()
      expect(places.results.map(({ place }) => place)).toEqual([0, 1])
      expect(new Set(places.results.map(({ source }) => source)).size).toBe(1)

      await decideAll([{ id: ids[0] as string, action: 'spam' }], losing)
      expect(await rowsOfJob(site)).toBeLessThan(80)
    },
  )
})

/** Lessons in packs, of both classes in turn, and of so many that were refused for another reason. */
async function fillPacks(site: string, most: number, refused = 0): Promise<void> {
  const features = new Map<number, string>()
  const told = (at: number) => {
    if (at >= most) return ['refused', rudeText(at)] as const
    return at % 2 === 0 ? (['fine', fineText(at)] as const) : (['spam', spamText(at)] as const)
  }
  const lessons = Array.from({ length: most + refused }, (_, at): PackedLesson => {
    const [label, text] = told(at)
    const seq = 2_000_000 + at
    const { features: own, ...rest } = packLesson(text)
    features.set(seq, own)
    return { ...{ seq, label, author: seq, source: null, cluster: seq }, ...rest }
  })
  const { packs } = repack([], new Set(), lessons)
  await env.DB.batch([
    ...packs.map((pack) =>
      env.DB.prepare('INSERT INTO lesson_packs (site_id, pack, lessons, features) VALUES (?, ?, ?, ?)').bind(
        site,
        pack.id,
        JSON.stringify(pack.lessons),
        JSON.stringify(pack.lessons.map(({ seq }) => features.get(seq))),
      ),
    ),
    env.DB.prepare(
      `INSERT INTO lessons (site_id, comment_seq, label, author_id, source, cluster, place)
       SELECT site_id, value ->> 'seq', value ->> 'label', value ->> 'author', NULL, value ->> 'cluster', 0
       FROM lesson_packs, json_each(lessons)`,
    ),
  ])
}

/** Delivers what a learner is sent, a message after the other, and counts what each job asks of the database. */
async function worked(sent: Sent[], environment: Env) {
  const costs: { read: number; written: number; statements: number }[] = []
  for (let next = sent.shift(); next; next = sent.shift()) {
    const { environment: counted, count } = counting(environment)
    await deliver([next.job], { environment: counted })
    costs.push(count)
  }
  return costs
}

const dueOf = async (site: string) =>
  (await env.DB.prepare('SELECT due FROM learners WHERE site_id = ?').bind(site).first<number>('due')) ?? 0

const approved = (ids: string[]) => ids.map((id): Given => ({ id, action: 'approve' }))

/** A site with the most lessons there are, and refusals, whose first decision has just been learnt, and comments to decide. */
async function experienced() {
  const site = await addSchool()
  await fillPacks(site, mostLessons, mostRefused)
  const [first, ...ids] = await stored(
    site,
    Array.from({ length: 40 }, (_, at) => fineText(at)),
  )
  const { environment, sent } = noting()
  await decideAll(approved([first as string]), environment)
  const costs = await worked(sent, environment)
  return { site, ids, environment, sent, costs }
}

describe('A decision is learnt', () => {
  it('at once where all is learnt by one job', async () => {
    const site = await addSchool()
    const { environment, sent } = noting()
    const ids = await stored(site, [fineText(1), fineText(2)])
    for (const id of ids) {
      await decideAll(approved([id]), environment)
      expect(await worked(sent, environment)).toHaveLength(1)
      expect((await stats(site)).automation.upToDate).toBe(true)
    }
  })

  it('by no more than a message and 300 rows each, where there are as many lessons as a model has', async () => {
    const { site, ids, environment, sent, costs: first } = await experienced()
    expect((await stats(site)).automation).toMatchObject({ upToDate: true, learnt: { fine: 500 } })
    const due = await dueOf(site)
    expect(due).toBeGreaterThan(1)
    const waiting = ids.slice(0, due)
    for (const id of waiting.slice(1)) await decideAll(approved([id]), environment)
    expect(sent).toEqual([])
    await decideAll(approved(waiting.slice(0, 1)), environment)
    expect(sent).toHaveLength(1)
    const costs = await worked(sent, environment)
    expect((await stats(site)).automation.upToDate).toBe(true)
    expect(costs.length / due).toBeLessThanOrEqual(bounds.learning.messages)
    expect(costs.reduce((sum, { read }) => sum + read, 0) / due).toBeLessThanOrEqual(bounds.learning.rowsRead)
    expect(costs.reduce((sum, { written }) => sum + written, 0) / due).toBeLessThanOrEqual(
      bounds.learning.rowsWritten,
    )
    for (const { statements } of [...first, ...costs]) expect(statements).toBeLessThanOrEqual(50)
    expect(await dueOf(site)).toBe(due)
  })

  it('within the hour, where fewer wait than are learnt together', async () => {
    const { site, ids, environment, sent } = await experienced()
    await decideAll(approved(ids.slice(0, 1)), environment)
    for (const minute of [1, 2, 30, 59]) await sweepAt(Date.now() + minute * 60_000, environment)
    expect(sent).toEqual([])
    await sweepAt(Date.now() + 61 * 60_000, environment)
    expect(sent).toHaveLength(1)
    await worked(sent, environment)
    expect((await stats(site)).automation.upToDate).toBe(true)
  })

  it('and a job that is broken off is done again, and none before it', async () => {
    const { site, environment, sent } = await experienced()
    const whole = await kept(site)
    expect(whole?.guard).not.toBe('')
    await env.DB.prepare(
      "UPDATE learners SET model_version = -1, model = NULL, guard = '', scores = NULL WHERE site_id = ?",
    )
      .bind(site)
      .run()
    const doneOf = () =>
      env.DB.prepare('SELECT done FROM fits WHERE site_id = ?').bind(site).first<number>('done')
    const broken = withBatch(async () => {
      throw new Error('out of time')
    }, environment)
    const job = { v: 1, learn: site }
    let jobs = 0
    for (let next: unknown = job; next; next = sent.shift()?.job) {
      const before = await doneOf()
      expect((await deliver([next], { environment: broken })).retryMessages).toHaveLength(1)
      expect(await doneOf()).toBe(before)
      const { explicitAcks } = await deliver([next], { environment })
      expect(explicitAcks).toHaveLength(1)
      jobs++
    }
    expect(jobs).toBeGreaterThan(3)
    expect(await kept(site)).toEqual(whole)
    expect(await doneOf()).toBeNull()
  })

  it('as what is decided while a model is made is learnt by the next', async () => {
    const { site, ids, environment, sent } = await experienced()
    await env.DB.prepare(
      'UPDATE learners SET lessons_version = lessons_version + 1, due = 1 WHERE site_id = ?',
    )
      .bind(site)
      .run()
    await deliver([{ v: 1, learn: site }], { environment })
    expect(sent).toHaveLength(1)
    await decideAll(approved(ids.slice(0, 1)), environment)
    expect(sent).toHaveLength(1)
    await worked(sent, environment)
    expect((await stats(site)).automation.upToDate).toBe(false)
    await sweepAt(Date.now() + 61 * 60_000, environment)
    await worked(sent, environment)
    expect((await stats(site)).automation.upToDate).toBe(true)
  })

  it('at few rows, too, where a flood of alike ones is refused and put back', async () => {
    const site = await addSchool({ policy: 'premoderate' })
    const advert = (at: number) =>
      `Cheap roofs and gutters repaired at half the price, call us today on 555${at}.`
    const items = await examined(
      site,
      Array.from({ length: 100 }, (_, at) => advert(at)),
    )
    for (const action of ['spam', 'restore'] as const) {
      await decideAll(
        items.map(({ id }) => ({ id, action })),
        losing,
      )
      const { environment, count } = counting(losing)
      await study(site, environment)
      expect(count.read / items.length).toBeLessThan(300)
      expect((await stats(site)).automation.learnt).toMatchObject({
        fine: 0,
        spam: action === 'spam' ? 1 : 0,
      })
    }
  })

  it('and one of a flood takes the place of one that is decided otherwise', async () => {
    const site = await addSchool()
    const ids = await stored(
      site,
      Array.from({ length: 40 }, (_, at) => spamText(at)),
      { token: 'flooder' },
    )
    await decideAll(
      ids.map((id) => ({ id, action: 'spam' })),
      losing,
    )
    await study(site)
    const decisions = async () => JSON.parse((await kept(site))?.model as string).decisions
    expect(await decisions()).toBe(20)
    await decideAll(
      ids.slice(0, 15).map((id) => ({ id, action: 'restore' })),
      losing,
    )
    await study(site)
    expect(await decisions()).toBe(15)
  })

  it('and an older one is learnt again in the place of one that is taken back', async () => {
    const site = await addSchool()
    await fillPacks(site, mostLessons - 1)
    const ids = await stored(site, [fineText(1), fineText(2)])
    await env.DB.prepare(
      `INSERT INTO lessons (site_id, comment_seq, label, author_id, source, cluster, place)
       SELECT site_id, seq, 'fine', author_id, NULL, seq, 0 FROM comments WHERE id = ?`,
    )
      .bind(ids[0])
      .run()
    const packed = async () => {
      const { results } = await env.DB.prepare(
        `SELECT c.id FROM lesson_packs p, json_each(p.lessons) l JOIN comments c ON c.seq = l.value ->> 'seq'
         WHERE p.site_id = ?`,
      )
        .bind(site)
        .all<{ id: string }>()
      return results.map(({ id }) => id)
    }
    for (const [action, left] of [
      ['approve', [ids[1]]],
      ['restore', [ids[0]]],
    ] as const) {
      await decideAll([{ id: ids[1] as string, action }], losing)
      await study(site)
      expect(await packed()).toEqual(left)
    }
  })
})

interface Sent {
  job: LearningJob
  delay: number | undefined
}

/** The worker's surroundings with a queue that notes what a learner is sent, and delivers nothing. */
function noting(): { environment: Env; sent: Sent[] } {
  const sent: Sent[] = []
  const send = async (job: LearningJob, options?: QueueSendOptions) => {
    if (job.learn && job.rescoreAfter === undefined) sent.push({ job, delay: options?.delaySeconds })
  }
  return { environment: { ...losing, SCREENING: { ...losing.SCREENING, send } } as unknown as Env, sent }
}

describe('A message to the learner', () => {
  it('is one for whatever is decided and undone until it is there, and for many at once', async () => {
    const site = await addSchool()
    const { environment, sent } = noting()
    const ids = await stored(
      site,
      Array.from({ length: 40 }, (_, at) => fineText(at)),
    )
    const [first, second, ...rest] = ids.map((id) => ({ id, action: 'approve' as const }))
    const job = { v: 1, learn: site }
    const one = { job, delay: 20 }
    const [decision] = await decideAll([first as Given], environment)
    await decideAll([second as Given], environment)
    const undo = new Request(`${host}/v1/decisions/${decision}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${env.OPERATOR_KEY}` },
    })
    expect((await fetchIn(environment, undo)).status).toBe(200)
    expect(sent).toEqual([one])
    await deliver([job], { environment })
    expect((await stats(site)).automation).toMatchObject({ upToDate: true, learnt: { fine: 1, spam: 0 } })
    expect(sent).toEqual([one])

    await decideAll(rest, environment)
    expect(sent).toEqual([one, one])
    await deliver([job], { environment })
    expect(sent.slice(2)).toEqual([{ job, delay: undefined }])
    await deliver([job], { environment })
    expect((await stats(site)).automation).toMatchObject({ upToDate: true, learnt: { fine: 39, spam: 0 } })
    expect(sent).toHaveLength(3)
  })

  it('that is lost is sent again once, and so is one for a decision taken while it was at work', async () => {
    const site = await addSchool()
    const { environment, sent } = noting()
    const ids = await stored(site, [fineText(1), fineText(2)])
    await decideAll([{ id: ids[0] as string, action: 'approve' }], environment)
    sent.length = 0
    const minutes = async (late: number) => {
      for (let minute = 1; minute <= late; minute++)
        await sweepAt(Date.now() + minute * 60_000 + 1000, environment)
      return sent.length
    }
    expect(await minutes(1)).toBe(0)
    expect(await minutes(50)).toBe(1)
    sent.length = 0
    let interrupted = false
    const deciding = withBatch(async (statements) => {
      if (!interrupted) {
        interrupted = true
        await decideAll([{ id: ids[1] as string, action: 'approve' }], environment)
      }
      return env.DB.batch(statements)
    }, environment)
    await deliver([{ v: 1, learn: site }], { environment: deciding })
    expect(sent).toEqual([{ job: { v: 1, learn: site }, delay: 20 }])
  })
})

describe('The sweep', () => {
  it('reads of learners only those that owe work', async () => {
    const cost = async () => {
      const { environment, count } = counting(losing)
      await sweepAt(Date.now() + 120_000, environment)
      return count.read
    }
    const site = await addSchool()
    const none = await cost()
    await env.DB.batch([
      env.DB.prepare(
        `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
         INSERT INTO sites (id, name, origins, locale, policy, created_at)
         SELECT 'learnt-' || i, 'x', '[]', 'en', 'trusted', 0 FROM n`,
      ),
      env.DB.prepare(
        `INSERT INTO learners (site_id, lessons_version, model_version)
         SELECT id, 7, 7 FROM sites WHERE id LIKE 'learnt-%'`,
      ),
    ])
    expect(await cost()).toBeLessThanOrEqual(none)
    const ids = await stored(
      site,
      Array.from({ length: 40 }, (_, at) => spamText(at)),
    )
    const more = await cost()
    await decideAll(
      ids.map((id) => ({ id, action: 'spam' })),
      losing,
    )
    expect((await cost()) - more).toBeLessThan(10)
  })
})
