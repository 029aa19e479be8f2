import type { Finding } from '../../../worker/contract/findings.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { findingWords, toneOf } from '../core/findings.ts'
import { flagWords } from '../core/flags.ts'
import { words } from '../core/words.ts'
import { Visible } from '../ui/Visible.tsx'

/** What a row tells though it weighs nothing: it alone can be why a comment waits. */
const told = new Set<Finding['code']>(['learner', 'condition', 'audit'])

/** Why a comment is here, in chips: the learner's band first. What else weighs nothing is told in the context only. */
export function Findings({ item, all = false }: { item: QueueItem; all?: boolean }) {
  const w = words()
  const found = findingsOf(item).filter(
    (finding) => all || told.has(finding.code) || toneOf(finding) !== 'neutral',
  )
  const chips: { tone: string; label: string }[] = found.map((finding) => ({
    tone: toneOf(finding),
    label: findingWords(finding),
  }))
  if (item.flags) chips.unshift({ tone: 'caution', label: flagWords(item.flags) })
  if (item.appeal !== null && item.status === 'pending')
    chips.unshift({ tone: 'caution', label: w.told.appeal })
  if (item.pinned) chips.push({ tone: 'neutral', label: w.pin.chip })
  if (item.trust === 'trusted') chips.push({ tone: 'fine', label: w.trusted })
  if (item.verdict === null && item.status === 'pending') chips.push({ tone: 'neutral', label: w.unscreened })
  // Any decision ends it: a comment is shown as it is now, or not at all.
  if (item.shown && item.status === 'pending') chips.push({ tone: 'caution', label: w.stillShown })
  if (item.editedAt) chips.push({ tone: 'neutral', label: w.edited })
  if (!chips.length) return null
  return (
    <ul class="chips">
      {chips.map(({ tone, label }) => (
        <li key={label} class={tone}>
          <bdi>
            <Visible text={label} />
          </bdi>
        </li>
      ))}
    </ul>
  )
}

/** Findings with the learner's first; it has one wherever the comment has a band. */
function findingsOf({ band, findings }: QueueItem): Finding[] {
  const learnt = findings.find(({ code }) => code === 'learner')
  const rest = findings.filter((finding) => finding !== learnt)
  if (learnt) return [learnt, ...rest]
  const params = { score: 0, approves: false, condemns: false, terms: [] }
  return band ? [{ code: 'learner', weight: 0, params: { band, ...params } }, ...rest] : rest
}
