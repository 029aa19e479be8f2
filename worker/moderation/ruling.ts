import type { Finding, Verdict } from '../contract/findings.ts'
import type { Policy } from '../contract/policies.ts'
import type { Facts, Judgement } from './facts.ts'
import { type Automation, powersOf } from './learner/automation.ts'
import type { Byline } from './learner/byline.ts'
import { judge, type Opinion } from './learner/judgement.ts'
import { read } from './learner/lessons.ts'
import { type Model, scoreOf } from './learner/model.ts'
import { reconsider } from './learner/obfuscation.ts'
import { withoutPageWords } from './learner/pageWords.ts'
import { thresholdsFor } from './learner/thresholds.ts'
import { isAutomatic, verdictOf } from './verdict.ts'

/** What scores a site's comments, and what keeps it from deciding. */
export interface Learner {
  model: Model
  automation: Automation
}

type SteppedBack = Automation['steppedBack']

/** What the site's learner makes of a comment, and what of that counts. */
export interface Heard {
  opinion: Opinion | null
  judgement: Judgement | null
  steppedBack: SteppedBack
}

const bylineOf = ({ name, website }: Facts): Byline => ({ name, url: website })

/** What a site's learner says of a comment; nothing, where there is none yet. */
export function opine(learner: Learner | null, facts: Facts): Heard {
  if (!learner) return { opinion: null, judgement: null, steppedBack: { approve: false, spam: false } }
  const { model, automation } = learner
  const thresholds = thresholdsFor(model.spreads, facts.settings.errorRate)
  const first = judge(model, thresholds, facts.body, facts.folded, bylineOf(facts))
  const opinion = reconsider(first, { model, thresholds }, facts)
  const { doubt: _, ...judged } = opinion
  return {
    opinion,
    judgement: { ...judged, ...powersOf(facts, model) },
    steppedBack: automation.steppedBack,
  }
}

/**
 * The same with the latest approved comments of its page: it is not spam where it would not be but for that page's
 * own words, and is left to people.
 */
export function besidesPageWords(heard: Heard, learner: Learner, facts: Facts, approved: string[]): Heard {
  const { opinion, judgement } = heard
  const without = withoutPageWords(facts.folded, approved)
  if (!opinion || !judgement || without === facts.folded) return heard
  const { model } = learner
  const { spam } = thresholdsFor(model.spreads, facts.settings.errorRate)
  if (scoreOf(model, read(facts.body, without, bylineOf(facts))) > spam) return heard
  return {
    ...heard,
    opinion: { ...opinion, band: 'unsure' },
    judgement: { ...judgement, band: 'unsure' },
  }
}

/** What is kept of an opinion to sort by: nothing of what has not been learnt, or must not be told. */
export function sorted(opinion: Opinion | null, isAudited: boolean) {
  if (!opinion) return null
  const { band, score, doubt } = opinion
  return { band, score: isAudited || band === 'unlearnt' ? null : score, doubt: isAudited ? null : doubt }
}

/** The share of a site's comments whose automatic verdict a person checks, from 0 to 1. */
export const checkedShare = ({ auditShare }: Facts['settings']) => auditShare

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
