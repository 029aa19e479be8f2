import type { DecisionView } from '../../../worker/contract/decisions.ts'
import { actorWords } from '../core/notices.ts'
import { formatMessage, own, reasonWords, words } from '../core/words.ts'
import { Time } from '../ui/Time.tsx'

/** Who decided what of a comment, when and why. */
export function Decision({ decision }: { decision: DecisionView }) {
  const w = words()
  const by = own<string>(w.by, decision.action)
  return (
    <p>
      {words('context').decision}:{' '}
      {by ? formatMessage(by, { name: actorWords(decision.by) }) : decision.action}, <Time at={decision.at} />
      {decision.reason && (
        <>
          {' – '}
          <bdi>{reasonWords(decision.reason)}</bdi>
        </>
      )}
    </p>
  )
}
