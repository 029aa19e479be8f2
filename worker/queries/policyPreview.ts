import type { World } from '../commands/world.ts'
import type { Policy } from '../contract/policies.ts'
import type { PolicyPreview } from '../contract/policyPreview.ts'
import type { Site } from '../contract/site.ts'
import type { SiteSettings } from '../contract/siteSettings.ts'
import type { WordList } from '../contract/wordLists.ts'
import { type KeptFacts, readFacts } from '../jobs/keptFacts.ts'
import { modelOf, type Unaware, unawareOf } from '../jobs/learner.ts'
import type { Facts, Judgement } from '../moderation/facts.ts'
import { powersOf } from '../moderation/learner/automation.ts'
import { bandOf } from '../moderation/learner/judgement.ts'
import { signsOf } from '../moderation/learner/markers.ts'
import { bylineScoreOf, type Model } from '../moderation/learner/model.ts'
import { thresholdsFor } from '../moderation/learner/thresholds.ts'
import { noOutcomes, outcomeOf, type Plan, verdictUnder } from '../moderation/policyPreview.ts'
import { fold } from '../moderation/text/normalize.ts'
import * as stats from '../store/stats.ts'
import * as wordLists from '../store/wordLists.ts'
import { excerpt } from './excerpt.ts'

/** Examples of each kind shown. */
const mostExamples = 10

/** What is to be changed of a site, and which of its decided comments to look at. */
export interface Proposal {
  site: Site
  policy?: Policy | undefined
  settings?: Partial<SiteSettings> | undefined
  lists: Partial<Record<WordList, string[]>>
  /** The `seq` of the last one that was looked at before. */
  cursor: number | null
  limit: number
}

/** What proposed settings would have done to what people decided. */
export async function policyPreview({ env, db }: World, proposal: Proposal): Promise<PolicyPreview> {
  const { site, cursor, limit } = proposal
  const [present, model, unaware, rows] = await Promise.all([
    wordLists.lists(db, site.id),
    modelOf(env, site.id),
    unawareOf(env, site.id),
    stats.decided(db, site.id, { after: cursor, limit: limit + 1 }),
  ])
  const { policy, settings } = site
  const plans = {
    present: { policy, settings, lists: present },
    proposed: {
      policy: proposal.policy ?? policy,
      settings: { ...settings, ...proposal.settings },
      lists: { ...present, ...proposal.lists },
    },
  }
  const looked = rows.slice(0, limit)
  const known = looked.filter(isKnown)
  // What screening knew is kept of the latest alone: beyond them there is none.
  const next = rows.length > limit && known.length > 0 ? String(looked.at(-1)?.seq) : null
  return { ...compare(known, plans, model, unaware), next }
}

type Known = stats.DecidedRow & { facts: string }

const isKnown = (row: stats.DecidedRow): row is Known => row.facts !== null

function compare(
  rows: Known[],
  plans: { present: Plan; proposed: Plan },
  model: Model | null,
  unaware: Unaware,
): Omit<PolicyPreview, 'next'> {
  const preview: Omit<PolicyPreview, 'next'> = {
    decided: rows.length,
    present: noOutcomes(),
    proposed: noOutcomes(),
    differs: { published: 0, refused: 0 },
    examples: [],
  }
  for (const row of rows) {
    const facts = readFacts(row.facts)
    const known = {
      ...facts,
      body: row.body,
      folded: fold(row.body),
      shown: null,
      unquoted: null,
      name: row.name,
      website: row.url,
      title: row.title,
    }
    const under = (plan: Plan) =>
      verdictUnder(plan, known, judgementOf(plan, row.seq, known, { model, unaware }))
    const present = under(plans.present)
    const proposed = under(plans.proposed)
    preview.present[outcomeOf[present.verdict]]++
    preview.proposed[outcomeOf[proposed.verdict]]++
    const kind = difference(row.status, proposed.verdict)
    if (!kind) continue
    preview.differs[kind]++
    if (preview.differs[kind] > mostExamples) continue
    preview.examples.push({
      commentId: row.id,
      author: row.name,
      excerpt: excerpt(row.body, 160),
      decided: row.status,
      present: present.verdict,
      proposed: proposed.verdict,
      findings: proposed.findings,
    })
  }
  return preview
}

/** Where screening would have decided otherwise than people did; what it holds, people decide. */
function difference(decided: stats.DecidedRow['status'], verdict: string): 'published' | 'refused' | null {
  if (verdict === 'approve' && decided !== 'approved') return 'published'
  return (verdict === 'spam' || verdict === 'reject') && decided === 'approved' ? 'refused' : null
}

/** What the learner says of a decided comment: by a model that did not know the decision, where there is one. */
function judgementOf(
  { policy, settings }: Plan,
  seq: number,
  {
    learnt,
    body,
    folded,
    name,
    website,
  }: Pick<KeptFacts, 'learnt'> & Pick<Facts, 'body' | 'folded' | 'name' | 'website'>,
  { model, unaware }: { model: Model | null; unaware: Unaware },
): Judgement | null {
  const own = unaware.scores[seq]
  const score = own ?? learnt?.score
  if (!model || score === undefined) return null
  const { knownWords, knownGrams } = own === undefined ? model : unaware
  const byByline = bylineScoreOf(model, signsOf('', { name, url: website }))
  const thresholds = thresholdsFor(model.spreads, settings)
  const band = bandOf({ ...model, knownWords, knownGrams }, thresholds, {
    text: body,
    folded,
    score,
    byByline,
  })
  return {
    band,
    score,
    decisions: model.decisions,
    terms: learnt?.band === band ? learnt.terms : [],
    ...powersOf({ policy, settings }, model),
  }
}
