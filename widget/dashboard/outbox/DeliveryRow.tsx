import { useSignal } from '@preact/signals'
import { type DeliveryItem, type DeliveryStatus, linkOver } from '../../../worker/contract/deliveries.ts'
import { answerWords } from '../core/answerWords.ts'
import { capital } from '../core/findings.ts'
import { held } from '../core/held.ts'
import { historyOf } from '../core/location.ts'
import { errorWords, formatMessage, own, tag, words } from '../core/words.ts'
import { absoluteTime } from '../core/zone.ts'
import { use, useDesk } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { outboxOf } from './outbox.ts'
import { WrittenMail } from './WrittenMail.tsx'

const whens = { waiting: 'due', delivered: 'deliveredAt', dead: 'gaveUp' } as const satisfies Record<
  DeliveryStatus,
  string
>

/** One thing that is told to one recipient: what, to whom, when, and what came of it. */
export function DeliveryRow({ delivery }: { delivery: DeliveryItem }) {
  const outbox = use(outboxOf)
  const { id, status, destination, act, recipient, commentId, attempts, answer, at } = delivery
  const w = words('outbox')
  const what = own<string>(w.acts, act) ?? w.acts.other
  const whom = recipient ?? destinationWords(destination)
  const named = (button: string) => `${button}: ${what} → ${whom}`
  const isOwnerOfAll = useDesk().session.session.value?.moderator.everySite
  const opened = useSignal(false)
  const [, mail] = /^written to mail\/([\w.-]+)\.eml$/.exec(answer ?? '') ?? []
  const retried = outbox.retried.value[id]
  const isOver = answer === linkOver
  const mayRetry = (status === 'dead' && !isOver) || (status === 'waiting' && attempts > 0)
  return (
    <li>
      <div>
        <p>
          <span class="name">{what}</span>{' '}
          <span class="quiet">→ {recipient === null ? whom : <bdi>{recipient}</bdi>}</span>
        </p>
        <p class="quiet">
          <time dateTime={at}>{formatMessage(w[whens[status]], { when: absoluteTime(at, tag()) })}</time>
          {attempts > 0 && ` · ${formatMessage(w.tries, { count: attempts })}`}
          {commentId !== null && (
            <>
              {' · '}
              <PlaceLink to={historyOf(commentId)}>{w.comment}</PlaceLink>
            </>
          )}
        </p>
        {answer !== null && (
          <p class={status === 'delivered' ? 'quiet' : 'error'}>
            {capital(answerWords(answer))}
            {isOver && act === 'staff.invite' && (
              <>
                {' '}
                · <PlaceLink to={{ page: 'people' }}>{w.newLink}</PlaceLink>
              </>
            )}
          </p>
        )}
        <p role="status" class={retried ? 'error' : 'quiet'}>
          {retried === null
            ? w.sentAgain
            : retried && formatMessage(w.notSent, { error: errorWords(retried) })}
        </p>
      </div>
      {mail && isOwnerOfAll && (
        <button
          type="button"
          aria-expanded={opened.value}
          aria-label={named(opened.value ? words().close : w.open)}
          onClick={() => {
            opened.value = !opened.value
          }}
        >
          {opened.value ? words().close : w.open}
        </button>
      )}
      {mayRetry && retried !== null && (
        <button
          type="button"
          aria-label={named(w.again)}
          onClick={() => outbox.retry(id)}
          {...held(outbox.busy.value)}
        >
          {w.again}
        </button>
      )}
      {mail && opened.value && (
        <div class="whole">
          <WrittenMail id={mail} />
        </div>
      )}
    </li>
  )
}

/** A destination in words; those of a kind begin alike. */
function destinationWords(destination: string): string {
  const { destinations } = words('outbox')
  const [kind = ''] = destination.split('_')
  return own<string>(destinations, destination) ?? own<string>(destinations, kind) ?? destination
}
