import type { InferOutput } from 'valibot'
import {
  type answersChange,
  isUsual,
  type Reason,
  type reasonsChange,
  type SavedAnswer,
} from '../contract/phrases.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as phrases from '../store/phrases.ts'
import type { World } from './world.ts'

interface Of {
  siteId: string
  actor: Actor
}

/** Reasons of before that a site keeps for what was refused for them. */
const mostRetired = 100

/** Has a site refuse comments for other reasons. What was refused for one of before keeps its words. */
export async function changeReasons(
  { db, now }: World,
  { siteId, actor, reasons }: Of & InferOutput<typeof reasonsChange>,
): Promise<Reason[]> {
  const chosen = new Set(reasons.map(({ code }) => code))
  const retired = (await phrases.reasons(db, siteId))
    .filter(({ code, texts }) => !chosen.has(code) && !(isUsual(code) && Object.keys(texts).length === 0))
    .map((reason) => ({ ...reason, retired: true as const }))
  const list: Reason[] = [...reasons, ...retired.slice(0, mostRetired)]
  await phrases.replace(db, { siteId, kind: 'reasons', list, count: reasons.length }, { actor, at: now })
  return list
}

/** Has a site's staff have other saved answers. */
export async function changeAnswers(
  { db, now }: World,
  { siteId, actor, answers }: Of & InferOutput<typeof answersChange>,
): Promise<SavedAnswer[]> {
  const change = { siteId, kind: 'answers' as const, list: answers, count: answers.length }
  await phrases.replace(db, change, { actor, at: now })
  return answers
}
