import type { Opinion } from '../../moderation/learner/judgement.ts'
import type { Label } from '../../moderation/learner/lessons.ts'

/** In which order a person decides what waits. */
export const orders = ['arrival', 'hardest', 'fine-first', 'select-all'] as const
export type Order = (typeof orders)[number]

/** How somebody decides. */
export interface Habits {
  order: Order
  /** The share of decisions that are wrong, by mistake. */
  mistakes: number
}

/** What waits for a decision: what its line in the queue says of it. Without a number it was picked, or is not learnt. */
export interface Waiting {
  seq: number
  truth: Label
  band: Opinion['band'] | null
  score: number | null
  doubt: number | null
}

/** A decision, and whether it was taken without reading the text, on the learner's word. */
export interface Taken {
  seq: number
  label: Label
  unread: boolean
  /** Whether the text was come upon by its score, rather than by its age. */
  byScore: boolean
}

/**
 * How often somebody sits down, in comments that came, and how many are read then. Whoever goes by age keeps up; the
 * others leave half of them waiting, as an order makes no difference to whoever reads all.
 */
export const sittings: Record<Order, { every: number; reads: number }> = {
  arrival: { every: 1, reads: 1 },
  hardest: { every: 20, reads: 10 },
  'fine-first': { every: 20, reads: 10 },
  'select-all': { every: 20, reads: 10 },
}

/** What a mistake makes of a label. */
export const otherLabel: Record<Label, Label> = { fine: 'spam', spam: 'fine' }

/** What one sitting decides of all that waits, the oldest first. */
export function decisionsOf(waiting: Waiting[], { order, mistakes }: Habits, random: () => number): Taken[] {
  const selected = order === 'select-all' ? waiting.filter(({ band }) => band === 'fine') : []
  const others = waiting.filter((one) => !selected.includes(one))
  const read = queue(others, order).slice(0, sittings[order].reads)
  return [
    ...selected.map(({ seq }): Taken => ({ seq, label: 'fine', unread: true, byScore: true })),
    ...read.map(
      ({ seq, truth, score }): Taken => ({
        seq,
        label: random() < mistakes ? otherLabel[truth] : truth,
        unread: false,
        byScore: score !== null && (order === 'hardest' || order === 'fine-first'),
      }),
    ),
  ]
}

/** As the dashboard sorts them: what has no number comes last, by age. */
function queue(waiting: Waiting[], order: Order): Waiting[] {
  const by = {
    hardest: ({ doubt }: Waiting) => -(doubt ?? -1),
    'fine-first': ({ score }: Waiting) => score ?? 1e9,
    arrival: () => 0,
    'select-all': () => 0,
  }[order]
  return waiting.toSorted((one, another) => by(one) - by(another) || one.seq - another.seq)
}
