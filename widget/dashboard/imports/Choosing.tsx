import { statuses } from '../../../worker/contract/status.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { newImportOf } from './newImport.ts'
import { PageMapping } from './PageMapping.tsx'
import type { Looked } from './reading/messages.ts'
import { StaffMapping } from './StaffMapping.tsx'
import { ZoneField } from './ZoneField.tsx'

/** What can be chosen about a file that was looked at, and the button that brings it. */
export function Choosing({ looked: { survey } }: { looked: Looked }) {
  const making = use(newImportOf)
  const choices = making.choices.value
  const isStale = making.isStale.value
  const w = words('imports')
  const known = survey.known ?? 0
  const fresh = survey.comments - known
  const staff = survey.authors.filter(({ isStaff }) => isStaff)

  function toggle(status: (typeof statuses)[number], isWanted: boolean) {
    making.choose({
      statuses: statuses.filter((one) => (one === status ? isWanted : choices.statuses.includes(one))),
    })
  }

  return (
    <form
      class="choosing flow"
      aria-label={w.choices}
      onSubmit={(event) => {
        event.preventDefault()
        if (isStale) making.look()
        else if (fresh > 0) making.send()
      }}
    >
      {survey.times.needsZone && <ZoneField />}
      <fieldset class="switches">
        <legend>{w.wantedStates}</legend>
        {statuses.map((status) => (
          <label key={status} class="switch">
            <input
              type="checkbox"
              checked={choices.statuses.includes(status)}
              onChange={(event) => toggle(status, event.currentTarget.checked)}
            />
            <span>{words().status[status]}</span>
          </label>
        ))}
      </fieldset>
      <label class="switch">
        <input
          type="checkbox"
          checked={choices.pings}
          onChange={(event) => making.choose({ pings: event.currentTarget.checked })}
        />
        <span>{w.pings}</span>
      </label>
      <label class="switch">
        <input
          type="checkbox"
          checked={choices.emails}
          onChange={(event) => making.choose({ emails: event.currentTarget.checked })}
        />
        <span>{w.emails}</span>
      </label>
      {choices.emails && known > 0 && <p class="quiet">{w.emailsKnown}</p>}
      <PageMapping />
      {staff.length > 0 && <StaffMapping authors={staff} />}
      {isStale && <p class="warn">{w.stale}</p>}
      <p class="acts">
        {isStale ? (
          <button type="submit" class="primary">
            {w.look}
          </button>
        ) : (
          fresh > 0 && (
            <button type="submit" class="primary">
              {formatMessage(w.go, { count: fresh })}
            </button>
          )
        )}
        <button type="button" onClick={making.forget}>
          {w.otherFile}
        </button>
      </p>
    </form>
  )
}
