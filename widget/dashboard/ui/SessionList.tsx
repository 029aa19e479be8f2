import { batch, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { SessionOfPerson } from '../../../worker/contract/session.ts'
import { detailOf } from '../core/connection.ts'
import { errorWords, formatMessage, tag, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { useLostFocus } from './lostFocus.ts'
import { records } from './records.ts'
import { Time } from './Time.tsx'

/** Where somebody is signed in, each with a button to end it. @param staff whose; oneself without it */
export function SessionList({ staff }: { staff?: string }) {
  const { connection } = useDesk()
  const list = useMemo(() => records<SessionOfPerson>(connection, '/v1/sessions'), [connection])
  const read = () => list.load(staff === undefined ? '' : `?staff=${encodeURIComponent(staff)}`)
  useEffect(() => {
    read()
  }, [list, staff])
  const box = useRef<HTMLUListElement>(null)
  const ended = useSignal(0)
  useLostFocus(() => box.current, ended.value)
  const w = words('sessions')
  const phase = list.phase.value
  const error = list.error.value

  async function end(id: string) {
    list.error.value = null
    try {
      await connection.ask('DELETE', `/v1/sessions/${id}`)
    } catch (reason) {
      const detail = detailOf(reason)
      // Ended already is as good.
      if (detail.code !== 'not_found') {
        list.error.value = detail
        return
      }
    }
    batch(() => {
      list.items.value = list.items.peek().filter((session) => session.id !== id)
      ended.value++
    })
  }

  return (
    <>
      {phase === 'loading' && list.items.value.length === 0 && (
        <p class="late quiet" role="status">
          {words().loading}
        </p>
      )}
      {error && (
        <p class="error" role="alert">
          {errorWords(error)}{' '}
          {phase === 'failed' && (
            <button type="button" class="plain" onClick={read}>
              {words().tryAgain}
            </button>
          )}
        </p>
      )}
      {phase === 'ready' && list.items.value.length === 0 && <p class="quiet">{w.none}</p>}
      <ul class="records sessions" ref={box} tabIndex={-1} aria-label={w.label}>
        {list.items.value.map((session) => (
          <li key={session.id}>
            <div>
              <p>
                <span class="name">{deviceOf(session)}</span>
                {session.current && <span class="quiet"> ({w.current})</span>}
              </p>
              <p class="quiet">
                {w.seen} <Time at={session.seenAt} /> · {w.started} <Time at={session.startedAt} absolute />
                {session.timeZone && ` · ${zoneName(session.timeZone)}`}
              </p>
            </div>
            {!session.current && (
              <button
                type="button"
                aria-label={formatMessage(w.endOf, { device: deviceOf(session) })}
                onClick={() => end(session.id)}
              >
                {w.end}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function deviceOf({ browser, system }: SessionOfPerson): string {
  const w = words('sessions')
  if (browser && system) return formatMessage(w.device, { browser, system })
  return browser ?? system ?? w.unknown
}

/** What a time zone is called: “Japan Time”. */
function zoneName(timeZone: string): string {
  try {
    const format = new Intl.DateTimeFormat(tag(), { timeZone, timeZoneName: 'longGeneric' })
    return format.formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  } catch {
    return timeZone
  }
}
