import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { WrittenMail as Mail } from '../../../worker/contract/deliveries.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { detailOf } from '../core/connection.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { MailFrame } from '../ui/MailFrame.tsx'

/** A mail that was written into a file: to whom, what about, and what it looks like. */
export function WrittenMail({ id }: { id: string }) {
  const { connection } = useDesk()
  const mail = useSignal<Mail | null>(null)
  const error = useSignal<ErrorDetail | null>(null)
  const path = `/v1/outbox/mails/${encodeURIComponent(id)}`
  useEffect(() => {
    connection.ask<Mail>('GET', path).then(
      ({ data }) => {
        mail.value = data
      },
      (reason) => {
        error.value = detailOf(reason)
      },
    )
  }, [connection, path, mail, error])
  if (error.value)
    return (
      <p class="error" role="alert">
        {formatMessage(words().loadFailed, { error: errorWords(error.value) })}
      </p>
    )
  if (!mail.value) return <p class="quiet">{words().loading}</p>
  const { subject, to } = mail.value
  return (
    <>
      <p>
        <b>
          <bdi>{subject}</bdi>
        </b>{' '}
        <span class="quiet">
          → <bdi dir="ltr">{to}</bdi>
        </span>
      </p>
      <MailFrame path={`${path}/html`} title={subject} />
    </>
  )
}
