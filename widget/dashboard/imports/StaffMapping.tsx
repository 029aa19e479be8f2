import { useEffect } from 'preact/hooks'
import type { Person } from '../../../worker/contract/staff.ts'
import type { SurveyAuthor } from '../../../worker/importers/plan/survey.ts'
import { formatMessage, words } from '../core/words.ts'
import { type Desk, use } from '../desk.ts'
import { records } from '../ui/records.ts'
import { Visible } from '../ui/Visible.tsx'
import { newImportOf } from './newImport.ts'

/** Who of the old system's staff is who here. */
export function StaffMapping({ authors }: { authors: SurveyAuthor[] }) {
  const making = use(newImportOf)
  const staff = use(staffOf)
  const { staff: chosen } = making.choices.value
  const w = words('imports').staff
  useEffect(() => {
    staff.load()
  }, [staff])
  const here = staff.items.value.filter(({ sites }) => sites === '*' || sites.includes(making.site.value))
  return (
    <fieldset class="staff-of">
      <legend>{w.heading}</legend>
      <p class="quiet">{w.note}</p>
      <ul>
        {authors.map(({ who, name, comments }) => (
          <li key={who}>
            <label class="field">
              <span>
                <bdi class="name">
                  <Visible text={name} />
                </bdi>{' '}
                {formatMessage(words('imports').comments, { count: comments })}
              </span>
              <select
                value={chosen[who] ?? ''}
                onChange={(event) =>
                  making.choose({ staff: { ...chosen, [who]: event.currentTarget.value } })
                }
              >
                <option value="">{w.nobody}</option>
                {here.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
      {staff.next.value && (
        <button type="button" class="plain" onClick={() => staff.more()}>
          {words().more}
        </button>
      )}
    </fieldset>
  )
}

const staffOf = ({ connection }: Desk) => records<Person>(connection, '/v1/staff')
