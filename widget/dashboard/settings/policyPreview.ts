import { batch, computed, createModel, effect, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Outcomes, PolicyPreview, PolicyProposal } from '../../../worker/contract/policyPreview.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Place } from '../core/location.ts'
import { type Desk, modelOf } from '../desk.ts'
import type { Field } from './form.ts'
import { type Settings, settingsOf } from './settings.ts'
import { proposalOf } from './values.ts'

/** Comments looked at in all. */
export const reach = 1_000
/** Comments looked at in one request. */
const stride = 250
/** Milliseconds without a change before anything is asked. */
const rest = 350
/** Examples kept of each kind. */
const shown = 10

export const outcomes = ['published', 'held', 'spam', 'rejected'] as const

export type Example = PolicyPreview['examples'][number]

/** What the settings on screen would have done to comments that people decided, asked anew at each change. */
export const Preview = createModel((connection: Connection, place: Place, settings: Settings) => {
  const result = signal<PolicyPreview | null>(null)
  const phase = signal<'loading' | 'ready' | 'failed'>('loading')
  const error = signal<ErrorDetail | null>(null)
  /** Comments looked at so far, while it is being asked. */
  const looked = signal(0)
  const again = signal(0)

  /** What to ask, as one string: null while there is nothing to ask. */
  const question = computed(() => {
    const { page } = place.here.value
    const id = settings.site.value?.id
    if (page !== 'settings' || !id || !settings.change.value) return null
    return JSON.stringify({ id, proposal: proposalOf(settings.change.value) })
  })

  async function ask(asked: string, signal: AbortSignal) {
    const { id, proposal } = JSON.parse(asked) as { id: string; proposal: PolicyProposal }
    const path = `/v1/sites/${encodeURIComponent(id)}/policy-preview`
    let sum: PolicyPreview | null = null
    try {
      do {
        const body: PolicyProposal = { ...proposal, limit: stride, ...(sum?.next && { cursor: sum.next }) }
        const { data }: { data: PolicyPreview } = await connection.ask('POST', path, { body, signal })
        if (signal.aborted) return
        sum = sum ? added(sum, data) : data
        looked.value = sum.decided
      } while (sum.next && sum.decided < reach)
      batch(() => {
        result.value = sum
        phase.value = 'ready'
      })
    } catch (reason) {
      if (signal.aborted) return
      const detail = detailOf(reason)
      batch(() => {
        error.value = detail
        phase.value = settings.refuse(detail) ? 'ready' : 'failed'
      })
    }
  }

  let site = ''
  effect(() => {
    const asked = question.value
    again.value
    if (!asked) return
    const { id } = JSON.parse(asked) as { id: string }
    const first = id !== site
    site = id
    batch(() => {
      phase.value = 'loading'
      looked.value = 0
      if (first) result.value = null
    })
    const stop = new AbortController()
    const timer = setTimeout(() => ask(asked, stop.signal), first ? 0 : rest)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  })

  return {
    result,
    phase,
    error,
    looked,
    /** The first field that holds what can't be taken: until it is mended nothing can be worked out. */
    stuck: computed<Field | undefined>(() => {
      const wrong = { ...settings.flaws.value, ...settings.refused.value }
      return (Object.keys(settings.form.value ?? {}) as Field[]).find((field) => wrong[field])
    }),
    /** Whether anything is proposed at all. */
    proposing: computed(() => Object.keys(proposalOf(settings.change.value ?? {})).length > 0),
    retry() {
      again.value++
    },
  }
})
export type Preview = InstanceType<typeof Preview>

/** Two stretches of comments as one; `next` is the older one's. */
function added(newer: PolicyPreview, older: PolicyPreview): PolicyPreview {
  const both = (one: Outcomes, other: Outcomes) =>
    Object.fromEntries(outcomes.map((name) => [name, one[name] + other[name]])) as Outcomes
  const examples = [...newer.examples, ...older.examples]
  return {
    decided: newer.decided + older.decided,
    present: both(newer.present, older.present),
    proposed: both(newer.proposed, older.proposed),
    differs: {
      published: newer.differs.published + older.differs.published,
      refused: newer.differs.refused + older.differs.refused,
    },
    examples: [
      ...examples.filter(wouldPublish).slice(0, shown),
      ...examples.filter((example) => !wouldPublish(example)).slice(0, shown),
    ],
    next: older.next,
  }
}

/** Whether it would be published though people refused it; else it is the other way round. */
export function wouldPublish({ proposed }: Example): boolean {
  return proposed === 'approve'
}

/** The policy preview of a desk. */
export const previewOf = (desk: Desk) => new Preview(desk.connection, desk.place, modelOf(desk, settingsOf))
