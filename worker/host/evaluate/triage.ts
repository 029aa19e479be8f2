import type { Band, Finding, Verdict } from '../../contract/findings.ts'
import { defaultSettings, type SiteSettings } from '../../contract/siteSettings.ts'
import type { Facts } from '../../moderation/facts.ts'
import { untried } from '../../moderation/learner/automation.ts'
import type { Opinion } from '../../moderation/learner/judgement.ts'
import type { Lesson } from '../../moderation/learner/lessons.ts'
import type { Model } from '../../moderation/learner/model.ts'
import { isNewGround } from '../../moderation/learner/newPages.ts'
import { findingsOf } from '../../moderation/rules/index.ts'
import { type Learner, opine, rule, unreadPlace } from '../../moderation/ruling.ts'
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
  /** Whether a person decides it to check what screening would have done by itself. */
  isChecked: boolean
}

/** A newcomer's comment on a site as it is unless told otherwise, of whom and which nothing else is known. */
const comment: Omit<Facts, keyof Text | 'learnt'> = {
  policy: 'trusted',
  settings: defaultSettings,
  shown: null,
  unquoted: null,
  newHosts: [],
  title: '',
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

/** What a site promises of spam that is published. */
export type SpamPromise = SiteSettings['publishedSpam']

interface Way {
  /** The comment's own, its page, and how many spam verdicts of that a person checked. */
  chance: number
  page?: Lesson['page']
  asked: number
  publishedSpam?: SpamPromise
}

/** Of a comment that no audit picks, on a page of which screening knows enough. */
const unpicked: Way = { chance: 1, asked: Number.POSITIVE_INFINITY }

/** What a site with this learner, or with none yet, makes of a newcomer's comment, and how it checks that. */
export function screened(
  learner: Learner | null,
  { body, folded, links, name, website }: Text,
  { chance, page, asked, publishedSpam = 'share' }: Way = unpicked,
) {
  const settings = { ...comment.settings, publishedSpam }
  const facts: Facts = { ...comment, settings, body, folded, links, name, website, learnt: null }
  const { opinion, judgement, resembled, automation } = opine(learner, facts)
  const findings = findingsOf({ ...facts, learnt: judgement, resembled })
  const ruling = rule(findings, {
    ...{ policy: comment.policy, settings, automation, chance },
    asksFirst: learner !== null && isNewGround(learner.model.ground, { page, asked }),
  })
  const alone = verdictOf(findings.filter(ofLearner), comment.policy)
  return { ...ruling, opinion, alone, unreadPlace: unreadPlace(ruling, judgement) }
}

/** Screens texts with a model, under the policy `trusted`. */
export const screening = (model: Model, publishedSpam?: SpamPromise) =>
  assessing({ model, guard: null, automation: untried }, publishedSpam)

/** Screens texts as a site does that has this learner, none of them picked for the audit. */
export function assessing(
  learner: Learner | null,
  publishedSpam: SpamPromise = 'share',
): (text: Text) => Assessment {
  return (text) => {
    const { opinion, verdict, alone } = screened(learner, text, { ...unpicked, publishedSpam })
    return { ...measuredOf(opinion), verdict, alone, isChecked: false }
  }
}

/** What is measured of an opinion: before the first model nothing is learnt. */
export const measuredOf = (opinion: Opinion | null): Pick<Assessment, 'score' | 'band'> =>
  opinion ?? { score: 0, band: 'unlearnt' }
