import type { Message, MessageBatch } from '@cloudflare/workers-types'
import type { World } from '../commands/world.ts'
import type {
  BulkJob,
  DeliveryJob,
  ErasureJob,
  ImportJob,
  IndexJob,
  Job,
  LearningJob,
  MoveJob,
} from '../env.ts'
import { databaseOf } from '../store/database.ts'
import { bulkJob } from './bulk.ts'
import { deliver } from './deliver.ts'
import { enqueueLearning } from './enqueue.ts'
import { eraseJob } from './erase.ts'
import { importJob } from './import.ts'
import { indexComments } from './indexComments.ts'
import { learn } from './learn.ts'
import { moveJob } from './move.ts'
import { rescore } from './rescore.ts'
import { giveUp, screenJob } from './screen.ts'

/**
 * Works through a batch side by side: each job has its own try and its own retry. What it brings about is
 * published in the world.
 */
export async function consume(batch: MessageBatch<unknown>, world: World): Promise<void> {
  const isDead = batch.queue.endsWith('-dead')
  const learnt = new Set<string>()
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        await (isDead ? giveUp(world, message.body) : work(world, message, learnt))
        message.ack()
      } catch (error) {
        console.error('job failed', { attempts: message.attempts, error: String(error) })
        message.retry({ delaySeconds: retryDelay(message.attempts) })
      }
    }),
  )
}

/** Seconds to wait after so many attempts. */
export function retryDelay(attempts: number): number {
  return Math.min(5 * 2 ** (attempts - 1), 3600)
}

/** A job by its kind. */
async function work(world: World, { body }: Message<unknown>, learnt: Set<string>): Promise<void> {
  const job = body as Partial<
    Job & LearningJob & DeliveryJob & BulkJob & ErasureJob & ImportJob & MoveJob & IndexJob
  > | null
  if (typeof job?.learn === 'string') return learningJob(world, job as LearningJob, learnt)
  if (typeof job?.deliver === 'number')
    return deliver({ ...world, db: databaseOf(world.env, job.site ?? '') }, job as DeliveryJob)
  if (typeof job?.bulk === 'string') return bulkJob(world, job as BulkJob)
  if (typeof job?.erase === 'string') return eraseJob(world, job as ErasureJob)
  if (typeof job?.import === 'string') return importJob(world, job as ImportJob)
  if (typeof job?.move === 'string') return moveJob(world, job as MoveJob)
  if (job?.index) return indexComments(world)
  return screenJob(world, body)
}

/** One job of a learner's a batch is enough: it asks for the next itself. */
async function learningJob(
  { env }: World,
  { learn: site, rescoreAfter }: LearningJob,
  learnt: Set<string>,
): Promise<void> {
  if (rescoreAfter !== undefined) {
    const last = await rescore(env, site, rescoreAfter)
    if (last !== null) await enqueueLearning(env, { learn: site, rescoreAfter: last })
  } else if (!learnt.has(site)) {
    learnt.add(site)
    await learn(env, site, Date.now())
  }
}
