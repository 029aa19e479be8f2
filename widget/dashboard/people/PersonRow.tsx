import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Person } from '../../../worker/contract/staff.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { AskedButton } from '../ui/AskedButton.tsx'
import { useLostFocus } from '../ui/lostFocus.ts'
import { SessionList } from '../ui/SessionList.tsx'
import { Time } from '../ui/Time.tsx'
import { PersonForm } from './PersonForm.tsx'
import { peopleOf } from './people.ts'

/** Somebody with an account, and what can be done about it. */
export function PersonRow({ person }: { person: Person }) {
  const { session } = useDesk()
  const people = use(peopleOf)
  const open = useSignal<'form' | 'sessions' | null>(null)
  const first = useRef<HTMLButtonElement>(null)
  useLostFocus(() => first.current, open.value)
  const w = words('people')
  const { id, name, changeable } = person
  const self = session.session.value?.moderator.id === id
  const everySite = session.session.value?.moderator.everySite
  const refused = people.refused.value?.id === id ? people.refused.value.error : null
  const toggle = (what: 'form' | 'sessions') => {
    people.refused.value = null
    open.value = open.value === what ? null : what
  }

  return (
    <li class="of-person">
      <div>
        <p>
          <bdi class="name">{name}</bdi>
          {self && <span class="quiet"> ({w.you})</span>}
        </p>
        <p class="quiet">
          {w.roles[person.role]} · <SitesOf person={person} />
        </p>
        <p class="quiet">
          <Presence person={person} />
        </p>
        {person.mail && (
          <p class="quiet">
            <bdi>{person.mail.address}</bdi>
            {!person.mail.confirmed && ` (${w.unconfirmed})`}
            {person.mail.trouble && (
              <span class="error">
                {' '}
                · {w.mailTrouble[person.mail.trouble.why]} · <Time at={person.mail.trouble.since} absolute />
                {person.mail.trouble.answer && (
                  <>
                    {' '}
                    · <bdi lang="en">{person.mail.trouble.answer}</bdi>
                  </>
                )}
              </span>
            )}
          </p>
        )}
        {!changeable && <p class="quiet">{w.elsewhere}</p>}
      </div>
      {changeable && (
        <div class="acts">
          <button
            type="button"
            ref={first}
            aria-expanded={open.value === 'form'}
            aria-label={formatMessage(w.changeOf, { name })}
            onClick={() => toggle('form')}
          >
            {w.change}
          </button>
          <button
            type="button"
            aria-expanded={open.value === 'sessions'}
            aria-label={formatMessage(w.sessionsOf, { name })}
            onClick={() => toggle('sessions')}
          >
            {w.sessions}
          </button>
          {!self && (
            <>
              {(everySite || person.seenAt === null) && (
                <button
                  type="button"
                  aria-label={formatMessage(w.newLinkOf, { name })}
                  onClick={() => people.renewLink(person)}
                >
                  {w.newLink}
                </button>
              )}
              <AskedButton
                label={w.remove}
                name={formatMessage(w.removeOf, { name })}
                question={formatMessage(w.removeAsk, { name })}
                cancel={w.keep}
                act={() => people.remove(id)}
              />
            </>
          )}
        </div>
      )}
      {refused && open.value !== 'form' && (
        <p class="error whole" role="alert">
          {errorWords(refused)}
        </p>
      )}
      {open.value === 'form' && (
        <PersonForm
          before={person}
          label={formatMessage(w.changeOf, { name })}
          go={w.save}
          busy={people.busy.value}
          error={refused}
          submit={async (asked) => {
            const done = await people.change(id, asked)
            if (done) open.value = null
            return done
          }}
          cancel={() => toggle('form')}
        />
      )}
      {open.value === 'sessions' && (
        <div class="whole">
          <SessionList staff={id} />
        </div>
      )}
    </li>
  )
}

/** The sites of somebody by their names. */
function SitesOf({ person: { sites } }: { person: Person }) {
  const { session } = useDesk()
  const w = words('people')
  if (sites === '*') return <>{w.everySite}</>
  if (sites.length === 0) return <>{w.noSite}</>
  const nameOf = (id: string) => session.session.value?.sites.find((site) => site.id === id)?.name ?? id
  return <bdi>{sites.map(nameOf).join(words().comma)}</bdi>
}

/** When somebody was here last, or how long their invitation holds. */
function Presence({ person: { seenAt, invitedUntil } }: { person: Person }) {
  const w = words('people')
  if (seenAt)
    return (
      <>
        {w.seen} <Time at={seenAt} />
      </>
    )
  if (!invitedUntil) return <>{w.linkOver}</>
  return (
    <>
      {w.invited} <Time at={invitedUntil} absolute />
    </>
  )
}
