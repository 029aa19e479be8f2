import type { Env } from '../env.ts'
import { type Automation, untried } from '../moderation/learner/automation.ts'
import { type Guard, readGuard } from '../moderation/learner/guard.ts'
import { type Known, type Model, readModel } from '../moderation/learner/model.ts'
import type { Learner } from '../moderation/ruling.ts'
import { fromBase64 } from '../moderation/text/bytes.ts'
import { databaseOf } from '../store/database.ts'
import * as learners from '../store/learners.ts'

/** What was written of a site's automation, or that nothing was tried yet. */
export const automationOf = (text: string): Automation => ({ ...untried, ...JSON.parse(text) })

/** Models of this isolate's busiest sites, by site: reading one costs more than asking whether it is the latest. */
const models = new Map<string, { version: number; model: Model; guard: Guard | null }>()
const mostModels = 20

/** The learner that scores a site's comments; null before its first model, and while one of an earlier release is made anew. */
export async function learnerOf(env: Env, siteId: string): Promise<Learner | null> {
  const known = models.get(siteId)
  const found = await learners.model(databaseOf(env, siteId), siteId, known?.version ?? 0)
  if (!found || found.modelVersion === 0) return null
  const automation = automationOf(found.automation)
  if (known?.version === found.modelVersion) return { model: known.model, guard: known.guard, automation }
  if (found.model === null) return null
  const model = readModel(found.model)
  if (!model) {
    await learners.forgetModel(databaseOf(env, siteId), siteId, found.modelVersion)
    return null
  }
  const guard = readGuard(found.guard)
  if (models.size >= mostModels) models.clear()
  models.set(siteId, { version: found.modelVersion, model, guard })
  return { model, guard, automation }
}

/** What a model says of its own lessons as if it knew all but the one. */
export interface Unaware extends Known {
  /** By comment `seq`. */
  scores: Record<string, number>
}

/** The same as it is kept. */
export type WrittenUnaware = Pick<Unaware, 'scores'> & Record<keyof Known, string>

/** What the model that scores a site's comments says of its own lessons. */
export async function unawareOf(env: Env, siteId: string): Promise<Unaware> {
  const {
    scores = {},
    knownWords = '',
    knownGrams = '',
  }: Partial<WrittenUnaware> = JSON.parse((await learners.scores(databaseOf(env, siteId), siteId)) ?? '{}')
  return { scores, knownWords: fromBase64(knownWords), knownGrams: fromBase64(knownGrams) }
}

/** The model that scores a site's comments, or null before the first. */
export const modelOf = async (env: Env, siteId: string) => (await learnerOf(env, siteId))?.model ?? null
