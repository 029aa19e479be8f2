import { useSignal } from '@preact/signals'
import { limits } from '../../../worker/contract/limits.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { appealAnswers } from '../core/appealAnswers.ts'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Decision } from './Decision.tsx'
import { Quoted } from './Quoted.tsx'

/** What an author says who asks for another look, the refusal that it is about, and what they are told. */
export function Appeal({ item }: { item: QueueItem }) {
  const w = words('context')
  const { appeal, appealed, site } = item
  return (
    <section>
      <h2>{appealed?.state === 'open' ? w.appealOf : w.appealWasAsked}</h2>
      {appeal ? <Quoted text={appeal} /> : <p class="quiet">{w.noWords}</p>}
      {appealed?.refusal && <Decision label={w.refusal} decision={appealed.refusal} siteId={site.id} />}
      {appealed?.state === 'open' ? (
        <AppealAnswer item={item} />
      ) : (
        appealed && (
          <p>
            {w.appealWas[appealed.state]} {appealed.answer && <Quoted text={appealed.answer} />}
          </p>
        )
      )}
    </section>
  )
}

/** A sentence for the author, which goes with the decision, whichever way that is taken. */
function AppealAnswer({ item: { id, appealed } }: { item: QueueItem }) {
  const w = words('context')
  const { decisions } = useDesk()
  const answer = useSignal(appealAnswers.get(id) ?? '')
  const reason = appealed?.refusal?.reason ?? undefined
  return (
    <div class="appeal">
      <label>
        <span>{w.answerAuthor}</span>
        <textarea
          rows={3}
          dir="auto"
          maxLength={limits.note}
          value={answer.value}
          onInput={({ currentTarget: { value } }) => {
            answer.value = value
            appealAnswers.set(id, value)
          }}
        />
      </label>
      <p class="quiet">{w.answerHint}</p>
      <div class="actions">
        <button type="button" onClick={() => decisions.decide([id], 'approve')}>
          {w.overturn}
        </button>
        <button type="button" onClick={() => decisions.decide([id], upholding(appealed), reason)}>
          {w.uphold}
        </button>
      </div>
    </div>
  )
}

/** What was refused as spam stays spam. */
const upholding = (appealed: QueueItem['appealed']) =>
  appealed?.refusal?.action === 'spam' ? 'spam' : 'reject'
