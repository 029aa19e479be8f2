import type { Finding, QueueItem } from '../../worker/contract.ts'
import { findingWords, words } from './words.ts'

/** How a finding is coloured; the words say the same. */
function toneOf({ weight, code }: Finding): string {
  if (weight >= 5) return 'bad'
  if (weight > 0 || code === 'screening_unavailable') return 'caution'
  return weight < 0 ? 'fine' : 'neutral'
}

/** Why a comment is here, in chips. What weighs nothing is told in the context only. */
export function Findings({ item, all = false }: { item: QueueItem; all?: boolean }) {
  const w = words()
  const found = item.findings.filter((finding) => all || toneOf(finding) !== 'neutral')
  const chips = found.map((finding) => ({
    tone: toneOf(finding),
    label: findingWords(finding.code, finding.params),
  }))
  if (item.trust === 'trusted') chips.push({ tone: 'fine', label: w.trusted })
  if (item.verdict === null && item.status === 'pending') chips.push({ tone: 'neutral', label: w.unscreened })
  if (item.shown && item.status !== 'approved') chips.push({ tone: 'caution', label: w.stillShown })
  if (item.editedAt) chips.push({ tone: 'neutral', label: w.edited })
  if (!chips.length) return null
  return (
    <ul class="chips">
      {chips.map(({ tone, label }) => (
        <li key={label} class={tone}>
          <bdi>{label}</bdi>
        </li>
      ))}
    </ul>
  )
}
