import type { ComponentChildren } from 'preact'
import type { Message } from '../../common/i18n.ts'
import { folder } from '../core/folder.ts'
import { actorTitle } from '../core/notices.ts'
import { sitesInMenus } from '../core/sites.ts'
import { formatMessage, own, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { logOf } from './log.ts'
import { queryOf } from './logQuery.ts'

/** What the log can be narrowed to, what it is narrowed to, and the file of it. */
export function LogFilters() {
  const { place, session } = useDesk()
  const here = place.here.value
  const w = words('auditLog').filters
  const sites = sitesInMenus(session.session.value, here.site)
  const set = (name: string) => (event: { currentTarget: { value: string } }) =>
    place.go({ [name]: event.currentTarget.value })
  return (
    <>
      <div class="log-filters">
        {sites.length > 1 && (
          <Choice label={words().site} value={here.site} onChange={set('site')} none={words().allSites}>
            {sites.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Choice>
        )}
        <Choice label={w.person} value={here.person} onChange={set('person')} none={w.anyone}>
          {usePeople().map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
        <Choice label={w.act} value={here.act} onChange={set('act')} none={w.anything}>
          {actGroups().map(([group, acts]) => (
            <optgroup key={group} label={group}>
              {acts.map((act) => (
                <option key={act} value={act}>
                  {actWords(act)}
                </option>
              ))}
            </optgroup>
          ))}
        </Choice>
        <label class="choice">
          <span>{w.from}</span>
          <input type="date" value={here.from} max={here.to} onChange={set('from')} />
        </label>
        <label class="choice">
          <span>{w.to}</span>
          <input type="date" value={here.to} min={here.from} onChange={set('to')} />
        </label>
        <a class="export" href={`${folder()}/v1/exports/audit-log.csv${queryOf(here)}`} download>
          {w.export}
        </a>
      </div>
      <Chips />
    </>
  )
}

interface ChoiceProps {
  label: string
  value: string
  none: string
  onChange: (event: { currentTarget: { value: string } }) => void
  children: ComponentChildren
}

function Choice({ label, value, none, onChange, children }: ChoiceProps) {
  return (
    <label class="choice">
      <span>{label}</span>
      <select value={value} onChange={onChange}>
        <option value="">{none}</option>
        {children}
      </select>
    </label>
  )
}

/** Those whose acts were read so far, and whose are asked for. */
function usePeople(): [id: string, name: string][] {
  const { session, place } = useDesk()
  const { list, people } = use(logOf)
  const me = session.session.value?.moderator
  for (const { actor } of list.items.value)
    if (actor.id !== null) people.peek().set(actor.id, actorTitle(actor.name))
  const { person } = place.here.value
  const known = new Map(people.peek())
  if (me?.id) known.set(me.id, me.name)
  if (person && !known.has(person)) known.set(person, person)
  return [...known].sort(([, one], [, other]) => one.localeCompare(other))
}

/** Sentences that another act has besides: there is nothing to ask for by them. */
const besides =
  /^comment\.keep$|^bulk\.end$|^view\.\w+d$|^author\.(trusted|held)$|^staff\.leave$|^session\.endOf$|\.un(name|badge)$|^bulk\.(approve|reject|spam|delete|restore)$/

/** Acts by what they are about. */
function actGroups(): [group: string, acts: string[]][] {
  const { acts, groups } = words('auditLog')
  const asked = Object.keys(acts).filter((act) => !besides.test(act))
  const groupOf = (act: string) => own<string>(groups, act.split('.')[0] ?? '') ?? groups.comment
  const named = [...new Set(asked.map(groupOf))]
  return named.map((group) => [group, asked.filter((act) => groupOf(act) === group)])
}

/** An act without who did it: its sentence with a gap. */
export function actWords(act: string): string {
  const { acts, short } = words('auditLog')
  const message = own<string>(short, act) ?? own<Message>(acts, act) ?? act
  const gap = '…'
  return formatMessage(message, {
    actor: gap,
    value: gap,
    title: gap,
    badge: gap,
    role: gap,
    was: gap,
    count: 1,
  })
}

/** The filters in force that no field shows, and one button for all. */
function Chips() {
  const { place } = useDesk()
  const { author, ids, site, person, act, from, to } = place.here.value
  const w = words('auditLog').filters
  const chips = [
    { name: 'author', label: author && w.author },
    { name: 'ids', label: ids && words().oneComment },
  ].filter(({ label }) => label)
  if (!(author || ids || site || person || act || from || to)) return null
  const all = { site: '', person: '', act: '', author: '', ids: '', from: '', to: '' }
  return (
    <ul class="filters">
      {chips.map(({ name, label }) => (
        <li key={name}>
          <button
            type="button"
            aria-label={formatMessage(words().removeFilter, { filter: label })}
            onClick={() => place.go({ [name]: '' })}
          >
            <bdi>{label}</bdi> <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" onClick={() => place.go(all)}>
          {w.clear}
        </button>
      </li>
    </ul>
  )
}
