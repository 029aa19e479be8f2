import type { Finding } from '../../../worker/contract/findings.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { findingWords, toneOf } from '../core/findings.ts'

/** Findings that hold a comment by themselves, whatever they weigh; its row tells them. */
const holding =
  /^(condition|audit|resembles_refused|screening_unavailable|impersonation|masked_link|spam_host|page_words)$/
export const holds = ({ code }: Finding) => holding.test(code)

/** What holds a comment where nothing that weighs does, the first that is there. */
const others = ['policy', 'imported', 'learner', 'new_author']

/** Its findings with the learner's first; it has one wherever the comment has a band. */
export function findingsOf({ band, findings }: QueueItem): Finding[] {
  const learnt = findings.find(({ code }) => code === 'learner')
  const rest = findings.filter((finding) => finding !== learnt)
  if (learnt) return [learnt, ...rest]
  const params = { score: 0, approves: false, condemns: false, terms: [] }
  return band ? [{ code: 'learner', weight: 0, params: { band, ...params } }, ...rest] : rest
}

/** Whether its words are strange to the learner. */
export const isUnlearnt = (finding: Finding) =>
  finding.code === 'learner' && finding.params.band === 'unlearnt'

/** Why a comment waits, in words, where nothing that its row tells anyway is why. */
export function holdReason(item: QueueItem): string | undefined {
  const found = findingsOf(item)
  if (item.status !== 'pending' || item.verdict !== 'hold' || item.shown || item.flags || item.appeal) return
  let weight = 0
  for (const finding of found) {
    const speaks = finding.code === 'learner' && /bad|caution/.test(toneOf(finding))
    weight += speaks || holds(finding) ? 3 : Math.max(0, finding.weight)
  }
  if (weight >= 3) return
  const rest = found.filter((finding) => finding.code !== 'learner' || isUnlearnt(finding))
  const [reason] = others.flatMap((code) => rest.filter((finding) => finding.code === code))
  return reason && findingWords(reason)
}

/** Why most of a list wait, which is said once above it; nothing where few do. */
export function usualReason(items: QueueItem[]): string | undefined {
  const reasons = items.map(holdReason)
  return reasons.find(
    (reason) => reason && 2 * reasons.filter((one) => one === reason).length > Math.max(4, items.length),
  )
}
