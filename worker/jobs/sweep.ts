import { moveThread } from '../commands/moveThread.ts'
import type { World } from '../commands/world.ts'
import { canonicalKey } from '../contract/canonicalKey.ts'
import { Refusal } from '../http/refusal.ts'
import { takeOverdue } from '../store/bulkActs.ts'
import * as erasures from '../store/erasures.ts'
import * as imports from '../store/imports.ts'
import { ask, overdue } from '../store/learnersAsked.ts'
import { confirmKeys, type Outdated, outdated } from '../store/threadKeys.ts'
import { takeOverdue as takeOverdueMoves } from '../store/threadMoves.ts'
import { keepRound, lastRound, type Round, type Unscreened, unscreened } from '../store/unscreened.ts'
import { handOver } from './deliver.ts'
import {
  askIndexer,
  enqueueBulk,
  enqueueErasure,
  enqueueImport,
  enqueueLearning,
  enqueueMove,
} from './enqueue.ts'
import { isBehind } from './indexComments.ts'

/** How long a comment may wait for its verdict before the sweep asks whether its job is lost. */
export const sweepAfterMs = 60_000

/** As many messages as a queue takes at once. */
const batchSize = 100

/**
 * Sends the jobs again of comments that should have a verdict by now and whose job is lost, and of learners, acts on many,
 * erasures, imports and moves of threads that have work left, hands over what is to be delivered, and has the full-text
 * index follow. Threads that an earlier release named in another form get their key.
 */
export async function sweep(world: World): Promise<void> {
  const before = world.now - sweepAfterMs
  await sendOverdue(world, before)
  await sendUnscreened(world, before)
  await sendBulk(world, before)
  await sendErasures(world, before)
  await sendImports(world, before)
  await sendMoves(world, before)
  await handOver(world)
  await rewriteKeys(world)
  await followChanges(world)
}

/** How long fewer decisions wait than are learnt together, in milliseconds. */
const learnerRest = 3_600_000

/** How long a learner's job that was sent again is waited for, in milliseconds: a queue may merely be behind. */
const learnerPatience = 3_600_000

async function sendOverdue({ env, db, now }: World, before: number): Promise<void> {
  for (const site of await overdue(db, { now, before, late: now - learnerRest }))
    if (await ask(db, site, { now, until: now + learnerPatience, isLate: true }))
      await enqueueLearning(env, { learn: site })
}

async function sendBulk({ env, db, now }: World, before: number): Promise<void> {
  for (const { id, filter } of await takeOverdue(db, { now, before }))
    await enqueueBulk(env, { bulk: id, ...siteIn(filter) })
}

async function sendErasures({ env, db, now }: World, before: number): Promise<void> {
  for (const { author, site } of await erasures.takeOverdue(db, { now, before }))
    await enqueueErasure(env, { erase: author, site })
}

/** Not in the minute of each hour that also forgets what is old: that has statements enough. */
async function sendImports({ env, db, now }: World, before: number): Promise<void> {
  if (now % 3_600_000 < 60_000) return
  for (const { id, siteId } of await imports.takeOverdue(db, { now, before }))
    await enqueueImport(env, { import: id, site: siteId })
}

/** Looks every fifth minute, between what is asked for then. */
async function sendMoves({ env, db, now }: World, before: number): Promise<void> {
  if (Math.floor(now / 60_000) % 5 !== 3) return
  for (const { id, siteId } of await takeOverdueMoves(db, { now, before }))
    await enqueueMove(env, { move: id, site: siteId })
}

/** The site that a filter names, whose database has the act. */
function siteIn(filter: string): { site?: string } {
  const { site }: { site?: string } = JSON.parse(filter)
  return site ? { site } : {}
}

async function followChanges(world: World): Promise<void> {
  if (await isBehind(world)) await askIndexer(world.env, Date.now(), 0)
}

/** Threads whose key is another one now that are dealt with at a time: each takes some ten statements. */
const mostMoved = 2

/** In whose name what an earlier release left is put in order. */
const operator = { kind: 'operator', id: 'operator', name: 'operator' } as const

async function rewriteKeys(world: World): Promise<void> {
  const { db, env } = world
  const found = await outdated(db, batchSize)
  const isMoved = ({ key }: Outdated) => canonicalKey(key) !== key
  await confirmKeys(
    db,
    found.filter((thread) => !isMoved(thread)),
  )
  for (const { siteId, key } of found.filter(isMoved).slice(0, mostMoved)) {
    const asked = { id: crypto.randomUUID(), siteId, from: key, to: canonicalKey(key), actor: operator }
    try {
      const { id, state } = await moveThread(world, asked)
      if (state === 'working') await enqueueMove(env, { move: id, site: siteId })
    } catch (error) {
      // Another move of either is under way: it is looked at again.
      if (!(error instanceof Refusal)) throw error
    }
  }
}

/** Unscreened comments that are looked at a time. */
const mostLooked = 2000

/** How long jobs that were sent again are waited for: at first, and at most. */
const patience = { first: 2 * sweepAfterMs, most: 3_600_000 }

async function sendUnscreened({ env, db, now }: World, before: number): Promise<void> {
  const [round, waiting] = await Promise.all([lastRound(db), unscreened(db, before, mostLooked)])
  if (waiting.length === 0) {
    if (round) await keepRound(db, null)
    return
  }
  const isNext = round === null || now >= round.nextAt
  const lost = waiting.filter((comment) => isLost(comment, before) && (isNext || comment.seq > round.sentTo))
  const jobs = lost.map(({ siteId, id, revision }) => ({ v: 1 as const, site: siteId, id, revision }))
  for (let at = 0; at < jobs.length; at += batchSize)
    await env.SCREENING.sendBatch(jobs.slice(at, at + batchSize).map((body) => ({ body })))
  const last = lost.at(-1)
  if (last) await keepRound(db, { ...(isNext ? following(round, now) : round), sentTo: last.seq })
}

/**
 * Whether a comment's job is lost, and its queue not merely behind: screening has looked at one of its site that came
 * well after it, or at none of them lately.
 */
const isLost = ({ since, screenedTo, screenedAt }: Unscreened, before: number) =>
  since < screenedTo - sweepAfterMs || screenedAt < before

/** When those come again that wait in spite of it all: each time after twice as long. */
function following(round: Round | null, now: number): Omit<Round, 'sentTo'> {
  const wait = round === null ? patience.first : Math.min(2 * round.wait, patience.most)
  return { wait, nextAt: now + wait }
}
