import * as v from 'valibot'
import type { Ctx } from '../../access/identity.ts'
import { count, line } from '../../contract/fields.ts'
import { limits } from '../../contract/limits.ts'
import type { PolicyPreview } from '../../contract/policyPreview.ts'
import { policies } from '../../contract/site.ts'
import { wordLists as lists, type WordList } from '../../contract/wordLists.ts'
import { parseJson, readText } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import type { KeptFacts } from '../../jobs/facts.ts'
import { modelOf, type Unaware, unawareOf } from '../../jobs/learner.ts'
import type { Judgement } from '../../moderation/facts.ts'
import { powersOf } from '../../moderation/learner/automation.ts'
import { bandOf, hasLearnt } from '../../moderation/learner/judgement.ts'
import type { Model } from '../../moderation/learner/model.ts'
import { thresholdsFor } from '../../moderation/learner/thresholds.ts'
import { noOutcomes, outcomeOf, type Plan, verdictUnder } from '../../moderation/policyPreview.ts'
import { fold } from '../../moderation/text/normalize.ts'
import * as sites from '../../store/sites.ts'
import * as stats from '../../store/stats.ts'
import * as wordLists from '../../store/wordLists.ts'
import { settings as settingsSchema } from '../owner/sites.ts'
import { entriesIn } from '../owner/wordLists.ts'

/** Comments looked at in one request, and examples of each kind shown. */
const most = { comments: 1000, examples: 10 } as const

const schema = v.object({
  policy: v.optional(v.picklist(policies)),
  settings: v.optional(settingsSchema),
  lists: v.optional(v.partial(v.object(v.entriesFromList(lists, v.array(v.string()))))),
  cursor: v.optional(v.pipe(line(20), v.regex(/^\d{1,15}$/, 'invalid'), v.transform(Number))),
  limit: v.optional(count(1, most.comments), most.comments),
})

/** `POST /v1/sites/:site/policy-preview`: what proposed settings would have done to what people decided. */
export async function postPolicyPreview(c: Ctx): Promise<Response> {
  const site = await sites.find(c.env.DB, c.req.param('site') ?? '')
  if (!site) throw new Refusal('unknown_site')
  const proposal = parse(schema, parseJson(await readText(c.req.raw, limits.listRequest)))
  const [present, model, unaware, rows] = await Promise.all([
    wordLists.lists(c.env.DB, site.id),
    modelOf(c.env, site.id),
    unawareOf(c.env, site.id),
    stats.decided(c.env.DB, site.id, {
      before: proposal.cursor ?? Number.MAX_SAFE_INTEGER,
      limit: proposal.limit + 1,
    }),
  ])
  const { policy, settings } = site
  const plans = {
    present: { policy, settings, lists: present },
    proposed: {
      policy: proposal.policy ?? policy,
      settings: { ...settings, ...proposal.settings },
      lists: { ...present, ...listsIn(proposal.lists ?? {}) },
    },
  }
  const looked = rows.slice(0, proposal.limit)
  const next = rows.length > looked.length ? String(looked.at(-1)?.seq) : null
  return c.json({
    ...compare(looked, plans, model, unaware),
    next,
  } satisfies PolicyPreview)
}

const listsIn = (proposed: Partial<Record<WordList, string[]>>) =>
  Object.fromEntries(
    lists.flatMap((list) => {
      const texts = proposed[list]
      return texts ? [[list, entriesIn(list, texts, `lists.${list}`)]] : []
    }),
  )

function compare(
  rows: stats.DecidedRow[],
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
    const facts: KeptFacts = JSON.parse(row.facts)
    const known = {
      ...facts,
      body: row.body,
      folded: fold(row.body),
      shown: null,
      unquoted: null,
      name: row.name,
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
    if (preview.differs[kind] > most.examples) continue
    preview.examples.push({
      commentId: row.id,
      author: row.name,
      excerpt: excerpt(row.body),
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
  { learnt, body, folded }: Pick<KeptFacts, 'learnt'> & { body: string; folded: string },
  { model, unaware }: { model: Model | null; unaware: Unaware },
): Judgement | null {
  const own = unaware.scores[seq]
  const score = own ?? learnt?.score
  if (!model || score === undefined) return null
  const band = hasLearnt(own === undefined ? model : { ...model, known: unaware.known }, folded)
    ? bandOf(score, thresholdsFor(model.spreads, settings.errorRate), body)
    : 'unlearnt'
  return {
    band,
    score,
    terms: learnt?.band === band ? learnt.terms : [],
    ...powersOf({ policy, settings }, model),
  }
}

const excerpt = (body: string) => {
  const letters = [...body.replace(/\s+/g, ' ').trim()]
  return letters.length > 160 ? `${letters.slice(0, 160).join('')}…` : letters.join('')
}
