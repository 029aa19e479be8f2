import type { Band, Finding, Verdict } from '../contract/findings.ts'
import type { Facts, Judgement } from './facts.ts'
import { type Automation, checkedShare, powersOf, untried } from './learner/automation.ts'
import type { Byline } from './learner/byline.ts'
import { placeOf } from './learner/evidence.ts'
import { type Guard, resemblanceOf } from './learner/guard.ts'
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
  guard: Guard | null
  automation: Automation
}

/** What the site's learner makes of a comment, and what of that counts. */
export interface Heard {
  opinion: Opinion | null
  judgement: Judgement | null
  resembled: Facts['resembled']
  automation: Automation
}

const bylineOf = ({ name, website }: Facts): Byline => ({ name, url: website })

/** What a site's learner says of a comment; nothing, where there is none yet. */
export function opine(learner: Learner | null, facts: Facts): Heard {
  if (!learner) return { opinion: null, judgement: null, resembled: null, automation: untried }
  const { model, guard, automation } = learner
  const thresholds = thresholdsFor(model.spreads, facts.settings)
  const byline = bylineOf(facts)
  const first = judge(model, thresholds, facts.body, facts.folded, byline)
  const opinion = reconsider(first, { model, thresholds }, facts)
  const { doubt: _, ...judged } = opinion
  return {
    opinion,
    judgement: { ...judged, decisions: model.decisions, ...powersOf(facts, model) },
    resembled: guard && resemblanceOf(guard, { body: facts.body, folded: facts.folded, byline }),
    automation,
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
  const { spam } = thresholdsFor(model.spreads, facts.settings)
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

/** What else a verdict depends on. */
export interface Ruled extends Pick<Facts, 'policy' | 'settings'> {
  automation: Automation
  /** The comment's own, from 0 to 1: a low one has its automatic verdict checked by a person. */
  chance: number
  /** Whether the next spam verdict of its page is checked (`isNewGround`). */
  asksFirst: boolean
}

export interface Ruling {
  verdict: Verdict
  findings: Finding[]
  /** The verdict that a person is to decide again without being told it. */
  audited: 'approve' | 'spam' | null
  /** For how many verdicts that one stands: chance picks one of so many. */
  standsFor: number
}

/**
 * The verdict of findings. An automatic one is left to a person where the comment is picked for the
 * audit, where the audit measured too many errors of its kind, or where its page is too new.
 */
export function rule(findings: Finding[], ruled: Ruled): Ruling {
  const verdict = verdictOf(findings, ruled.policy)
  const unchecked = { verdict, findings, audited: null, standsFor: 1 }
  if (!isAutomatic(findings, verdict) || (verdict !== 'approve' && verdict !== 'spam')) return unchecked
  const { tally, steppedBack } = ruled.automation
  const back = steppedBack[verdict]
  const isFirst = verdict === 'spam' && ruled.asksFirst && findings.some(isBand('spam'))
  const share = checkedShare(ruled.settings, tally[verdict])
  if (!back && !isFirst && ruled.chance >= share) return unchecked
  const audit: Finding = { code: 'audit', weight: 0, params: { steppedBack: back } }
  const standsFor = back || isFirst ? 1 : 1 / share
  return { verdict: 'hold', findings: [...findings, audit], audited: verdict, standsFor }
}

const isBand = (band: Band) => (finding: Finding) =>
  finding.code === 'learner' && finding.params.band === band

/**
 * Where a verdict is counted that nobody checks (`placeOf`); null of what a person checks or decides, and of what
 * another rule than the learner decided.
 */
export function unreadPlace({ verdict, findings }: Ruling, judgement: Judgement | null): string | null {
  if (!judgement || !isAutomatic(findings, verdict)) return null
  if (verdict === 'approve' && judgement.band === 'fine') return placeOf('fine', judgement.score)
  return verdict === 'spam' && judgement.band === 'spam' ? placeOf('spam', judgement.score) : null
}
