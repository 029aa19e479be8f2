import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { BulkPreview } from '../../../worker/contract/bulkActs.ts'
import { type Action, statusAfter } from '../../../worker/contract/decisions.ts'
import { bulkActsOf } from '../core/bulkActs.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, tag, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { ReasonChoice } from '../ui/Reasons.tsx'
import { Progress } from './Progress.tsx'
import { Touched } from './Touched.tsx'

const choices = ['spam', 'approve', 'reject', 'delete'] as const

/** How many of the comments that match an act would change. */
const changing = ({ matching, statuses }: BulkPreview, action: Action) =>
  Math.max(0, matching - statuses[statusAfter[action]])

/** Decides all comments that match what the queue lists, after telling what that touches. */
export function AllMatching({ filter, done }: { filter: string; done: () => void }) {
  const bulk = use(bulkActsOf)
  const action = useSignal<Action>('spam')
  const begun = useSignal(false)
  const code = useSignal('')
  const text = useSignal('')
  const w = words('bulk')
  useEffect(() => {
    bulk.look(Object.fromEntries(new URLSearchParams(filter)))
  }, [bulk, filter])
  const preview = bulk.preview.value
  const choice = useRef<HTMLSelectElement>(null)
  useEffect(() => choice.current?.focus(), [preview])
  // Pages of several sites are told, and of these the usual reasons fit all.
  const site = new URLSearchParams(filter).get('site')
  const siteIds = site ? [site] : (preview?.pages.map(({ siteId }) => siteId) ?? [])
  const error = bulk.error.value

  async function submit(event: Event) {
    event.preventDefault()
    const reason = action.value === 'reject' ? text.value.trim() || code.value : ''
    const asked = { filter: Object.fromEntries(new URLSearchParams(filter)), action: action.value }
    begun.value = await bulk.start({ ...asked, ...(reason && { reason }) })
  }

  if (begun.value) return <Progress done={done} />
  return (
    <form class="stack" onSubmit={submit} aria-label={w.title}>
      <h2>{w.title}</h2>
      {error && <p role="alert">{errorWords(error)}</p>}
      {!preview && !error && (
        <p class="late quiet state" role="status">
          {words().loading}
        </p>
      )}
      {preview?.matching === 0 && <p class="calm">{w.none}</p>}
      {preview && preview.matching > 0 && (
        <>
          <Touched preview={preview} />
          <label>
            <span>{w.action}</span>
            <select
              ref={choice}
              value={action.value}
              onChange={(event) => {
                action.value = event.currentTarget.value as Action
              }}
            >
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {w.actions[choice]}
                </option>
              ))}
            </select>
          </label>
          {action.value === 'reject' && (
            <div class="reasons">
              <ReasonChoice siteIds={siteIds} legend={w.why} chosen={{ code, text }} />
              <p class="quiet">{words().reject.note}</p>
            </div>
          )}
          <p class="quiet">{w.note}</p>
          <button type="submit" {...held(bulk.busy.value || changing(preview, action.value) === 0)}>
            {formatMessage(w.start[action.value as (typeof choices)[number]], {
              count: preview.more
                ? `${preview.matching.toLocaleString(tag())}+`
                : changing(preview, action.value),
            })}
          </button>
        </>
      )}
    </form>
  )
}
