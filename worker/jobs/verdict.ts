import type { Finding, Verdict } from '../contract/findings.ts'
import type { Policy } from '../contract/policies.ts'
import { hmac } from '../crypto.ts'
import type { Env, Job } from '../env.ts'
import type { Facts, Judgement } from '../moderation/facts.ts'
import { powersOf } from '../moderation/learner/automation.ts'
import { judge, type Opinion } from '../moderation/learner/judgement.ts'
import { reconsider } from '../moderation/learner/obfuscation.ts'
import { thresholdsFor } from '../moderation/learner/thresholds.ts'
import { fromBase64 } from '../moderation/text/bytes.ts'
import { isAutomatic, verdictOf } from '../moderation/verdict.ts'
import type { Learner } from './learner.ts'

type SteppedBack = Record<'approve' | 'spam', boolean>

/** What the site's learner makes of a comment, and what of that counts. */
export interface Heard {
  opinion: Opinion | null
  judgement: Judgement | null
  steppedBack: SteppedBack
}

/** What a site's learner says of a comment; nothing, where there is none yet. */
export function opine(learner: Learner | null, facts: Facts): Heard {
  if (!learner) return { opinion: null, judgement: null, steppedBack: { approve: false, spam: false } }
  const { model, automation } = learner
  const thresholds = thresholdsFor(model.spreads, facts.settings.errorRate)
  const first = judge(model, thresholds, facts.body, facts.folded)
  const opinion = reconsider(first, { model, thresholds }, facts)
  const { doubt: _, ...judged } = opinion
  return {
    opinion,
    judgement: { ...judged, ...powersOf(facts, model) },
    steppedBack: automation.steppedBack,
  }
}

/**
 * Whether a comment is one of those whose automatic verdict a person checks: no client can tell or
 * choose, and no edit changes it.
 */
export async function picked(env: Env, { id }: Pick<Job, 'id'>, share: number) {
  const random = await hmac(env.TOKEN_SECRET, `audit ${id}`)
  const [high = 0, low = 0] = fromBase64(random.slice(0, 4).replaceAll('-', '+').replaceAll('_', '/'))
  return (high * 256 + low) / 65_536 < share
}

/** What is kept of an opinion to sort by: nothing of what has not been learnt, or must not be told. */
export function sorted(opinion: Opinion | null, isAudited: boolean) {
  if (!opinion) return null
  const { band, score, doubt } = opinion
  return { band, score: isAudited || band === 'unlearnt' ? null : score, doubt: isAudited ? null : doubt }
}

export interface Ruling {
  verdict: Verdict
  findings: Finding[]
  /** The verdict that a person is to decide again without being told it. */
  audited: Verdict | null
}

/**
 * The verdict of findings. An automatic one is left to a person where the comment is picked for the
 * audit, or where the audit measured too many errors of its kind.
 */
export function rule(
  findings: Finding[],
  { policy, steppedBack, picked }: { policy: Policy; steppedBack: SteppedBack; picked: boolean },
): Ruling {
  const verdict = verdictOf(findings, policy)
  if (!isAutomatic(findings, verdict)) return { verdict, findings, audited: null }
  const back = verdict === 'approve' ? steppedBack.approve : verdict === 'spam' && steppedBack.spam
  if (!picked && !back) return { verdict, findings, audited: null }
  const audit: Finding = { code: 'audit', weight: 0, params: { steppedBack: back } }
  return { verdict: 'hold', findings: [...findings, audit], audited: verdict }
}
