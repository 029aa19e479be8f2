import type { DecisionView } from '../../../worker/contract/decisions.ts'
import { actorWords, didOf } from '../core/notices.ts'
import { formatMessage, own, words } from '../core/words.ts'
import { ReasonText } from '../ui/ReasonText.tsx'
import { Time } from '../ui/Time.tsx'

interface Props {
  decision: DecisionView
  siteId: string
  /** What it is called, where it is not the latest. */
  label?: string
}

/** Who decided what of a comment, when and why. */
export function Decision({ decision, siteId, label }: Props) {
  const w = words()
  const by = own<string>(w.by, didOf(decision))
  return (
    <p>
      {label ?? words('context').decision}:{' '}
      {by ? formatMessage(by, { name: actorWords(decision.by) }) : decision.action}
      {w.comma}
      <Time at={decision.at} />
      {decision.reason && (
        <>
          {' – '}
          <bdi>
            <ReasonText reason={decision.reason} siteId={siteId} />
          </bdi>
        </>
      )}
    </p>
  )
}
