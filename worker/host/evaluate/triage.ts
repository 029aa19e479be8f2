import type { Band, Finding, Verdict } from '../../contract/findings.ts'
import { defaultSettings } from '../../contract/siteSettings.ts'
import type { Facts } from '../../moderation/facts.ts'
import { powersOf } from '../../moderation/learner/automation.ts'
import { judge } from '../../moderation/learner/judgement.ts'
import type { Model } from '../../moderation/learner/model.ts'
import { thresholdsFor } from '../../moderation/learner/thresholds.ts'
import { findingsOf } from '../../moderation/rules/index.ts'
import { verdictOf } from '../../moderation/verdict.ts'
import type { Text } from './sample.ts'

/** What screening makes of a text. */
export interface Assessment {
  /** Log-odds of spam. */
  score: number
  band: Band
  verdict: Verdict
  /** The verdict if no rule but the learner had anything to say. */
  alone: Verdict
}

/** A newcomer's comment on a site as it is unless told otherwise, of whom and which nothing else is known. */
const comment: Omit<Facts, keyof Text | 'learnt'> = {
  policy: 'trusted',
  settings: defaultSettings,
  name: '',
  shown: null,
  unquoted: null,
  newHosts: [],
  postedAt: 0,
  elapsedMs: 20_000,
  trapped: false,
  trust: 'newcomer',
  pinned: null,
  history: { approved: 0, rejected: 0, spam: 0, firstApprovedAt: null },
  repeats: { total: 0, refused: 0 },
  similar: { ids: [], total: 0, refused: 0 },
  flags: 0,
  threadChecked: false,
  lists: { hold: [], spam: [], domains: [] },
  bans: [],
  external: [],
}

const ofLearner = ({ code }: Finding) => code === 'learner' || code === 'new_author'

/** Screens texts with a model, under the policy `trusted`. */
export function screening(model: Model): (text: Text) => Assessment {
  const { policy, settings } = comment
  const thresholds = thresholdsFor(model.spreads, settings.errorRate)
  const powers = powersOf({ policy, settings }, model)
  return ({ body, folded, links }) => {
    const { band, score, terms } = judge(model, thresholds, body, folded)
    const learnt = { band, score, terms, ...powers }
    const findings = findingsOf({ ...comment, body, folded, links, learnt })
    return {
      score,
      band,
      verdict: verdictOf(findings, policy),
      alone: verdictOf(findings.filter(ofLearner), policy),
    }
  }
}
