import type { Finding } from '../contract/findings.ts'
import type { Env } from '../env.ts'
import { judge } from '../moderation/learner/judgement.ts'
import { thresholdsFor } from '../moderation/learner/thresholds.ts'
import { sorted } from '../moderation/ruling.ts'
import { databaseOf } from '../store/database.ts'
import * as screening from '../store/screening.ts'
import { find } from '../store/sites.ts'
import { held } from '../store/stats.ts'
import { learnerOf } from './learner.ts'

/** Comments scored by one job. */
const slice = 25

/**
 * Scores held comments anew after a model has changed, so that the queue can be sorted by what it
 * has learnt; their verdicts stay. One slice; the `seq` to go on after, or null at the end.
 */
export async function rescore(env: Env, siteId: string, after: number): Promise<number | null> {
  const [learner, site] = await Promise.all([learnerOf(env, siteId), find(databaseOf(env, siteId), siteId)])
  if (!learner || !site) return null
  const thresholds = thresholdsFor(learner.model.spreads, site.settings)
  const rows = await held(databaseOf(env, siteId), siteId, { after: after || null, limit: slice })
  if (rows.length === 0) return null
  await screening.rewrite(
    databaseOf(env, siteId),
    siteId,
    rows.map(({ seq, revision, body, name, url, findings }) => {
      const opinion = judge(learner.model, thresholds, body, undefined, { name, url })
      return { seq, revision, findings: withOpinion(findings, opinion), opinion: sorted(opinion, false) }
    }),
  )
  return rows.length === slice ? (rows.at(-1)?.seq ?? null) : null
}

/** The findings as they were, but for the learner's: of a held comment it explains, and decides nothing any more. */
function withOpinion(findings: Finding[], { band, score, terms, sure }: ReturnType<typeof judge>): Finding[] {
  const finding: Finding = {
    code: 'learner',
    weight: 0,
    params: {
      band,
      score: Math.round(score * 100) / 100 + 0,
      approves: false,
      condemns: false,
      terms,
      ...(sure && { sure }),
    },
  }
  return [...findings.filter(({ code }) => code !== 'learner'), finding]
}
