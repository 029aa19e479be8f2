import type { PastDecision } from '../../../worker/contract/commentHistory.ts'
import { actorWords, didOf } from '../core/notices.ts'
import { formatMessage, own, words } from '../core/words.ts'
import { ReasonText } from '../ui/ReasonText.tsx'
import { Time } from '../ui/Time.tsx'

interface Props {
  decisions: PastDecision[]
  siteId: string
}

/** What was decided of a comment, by whom, why, and what of it was taken back; the latest first. */
export function PastDecisions({ decisions, siteId }: Props) {
  const w = words('comment')
  return (
    <section>
      <h2>{w.decisions}</h2>
      {decisions.length === 0 ? (
        <p class="quiet">{w.undecided}</p>
      ) : (
        <ol class="records" reversed>
          {decisions.map((decision) => (
            <li key={decision.id}>
              <p>
                <Sentence decision={decision} siteId={siteId} />
              </p>
              <p class="quiet">
                <Time at={decision.at} />
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** One decision in a sentence. */
export function Sentence({ decision, siteId }: { decision: PastDecision; siteId: string }) {
  const w = words('comment')
  const { undone, reason } = decision
  const by = own<string>(words().by, didOf(decision)) ?? decision.action
  const said = formatMessage(by, { name: actorWords(decision.by) })
  return (
    <>
      {undone ? <s>{said}</s> : said}
      {reason && (
        <>
          {' – '}
          <bdi>
            <ReasonText reason={reason} siteId={siteId} />
          </bdi>
        </>
      )}
      {undone && (
        <span class="quiet">
          {' · '}
          {undone.by ? formatMessage(words().by.undo, { name: actorWords(undone.by) }) : w.undone}
        </span>
      )}
    </>
  )
}
