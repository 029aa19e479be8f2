import type { QueueItem } from '../../../worker/contract/queue.ts'
import { findingWords, toneOf } from '../core/findings.ts'
import { flagWords } from '../core/flags.ts'
import { linkHosts } from '../core/linkHosts.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Visible } from '../ui/Visible.tsx'
import { findingsOf, holdReason, holds, isUnlearnt } from './holdReason.ts'

/** Hosts that a row names; of more it gives the number. */
const mostHosts = 3

/** Why a comment is here, in chips: the learner's band first. What else weighs nothing is told in the context only. */
export function Findings({ item, all = false }: { item: QueueItem; all?: boolean }) {
  const w = words()
  const usual = useDesk().queue.list.usual.value
  const found = findingsOf(item).filter(
    (finding) =>
      all ||
      holds(finding) ||
      (finding.code === 'learner' && !isUnlearnt(finding)) ||
      toneOf(finding) !== 'neutral',
  )
  const chips: { tone: string; label: string }[] = found.map((finding) => ({
    tone: toneOf(finding),
    label: findingWords(finding),
  }))
  const why = all ? undefined : holdReason(item)
  if (why && (chips.length || why !== usual)) chips.push({ tone: 'neutral', label: why })
  if (item.flags) chips.unshift({ tone: 'caution', label: flagWords(item.flags) })
  if (item.appeal !== null && item.status === 'pending')
    chips.unshift({ tone: 'caution', label: w.told.appeal })
  if (item.pinned) chips.push({ tone: 'neutral', label: w.pin.chip })
  if (item.trust === 'trusted') chips.push({ tone: 'fine', label: w.trusted })
  if (item.verdict === null && item.status === 'pending') chips.push({ tone: 'neutral', label: w.unscreened })
  if (item.shown && item.status === 'pending') chips.push({ tone: 'caution', label: w.stillShown })
  if (item.shown && item.status === 'approved') chips.push({ tone: 'neutral', label: w.changeRejected })
  if (item.editedAt) chips.push({ tone: 'neutral', label: w.edited })
  const count = item.notes.comment + item.notes.author
  if (count > 0) chips.push({ tone: 'neutral', label: formatMessage(w.notes, { count }) })
  const said = chips.map(({ label }) => label).join(' ')
  const hosts = linkHosts(item.content).filter((host) => !said.includes(host))
  if (!chips.length && !hosts.length) return null
  return (
    <ul class="chips">
      {chips.map(({ tone, label }) => (
        <li key={label} class={tone}>
          <bdi>
            <Visible text={label} />
          </bdi>
        </li>
      ))}
      {hosts.slice(0, mostHosts).map((host) => (
        <li key={host} class="link" title={w.linksTo}>
          <span class="unseen">{w.linksTo} </span>
          <bdi dir="ltr">{host}</bdi>
        </li>
      ))}
      {hosts.length > mostHosts && <li class="link">+{hosts.length - mostHosts}</li>}
    </ul>
  )
}
