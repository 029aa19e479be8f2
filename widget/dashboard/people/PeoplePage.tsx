import { useEffect } from 'preact/hooks'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { MadeSecret } from '../ui/MadeSecret.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { PersonForm } from './PersonForm.tsx'
import { PersonRow } from './PersonRow.tsx'
import { peopleOf } from './people.ts'

/** Who has an account, and a form to invite somebody. */
export function PeoplePage() {
  const people = use(peopleOf)
  const w = words('people')
  const made = people.made.value
  const refused = people.refused.value
  useEffect(() => {
    void people.askForMail()
  }, [people])
  return (
    <RecordList
      title={words().places.people}
      note={w.note}
      none={w.none}
      list={people.list}
      ownersOnly={w.ownersOnly}
      row={(person) => <PersonRow key={person.id} person={person} />}
    >
      <PersonForm
        label={w.inviting}
        go={w.invite}
        busy={people.busy.value}
        error={refused?.id === null ? refused.error : null}
        submit={people.invite}
        mails={people.mails.value}
      />
      {made && (
        <MadeSecret
          key={made.link}
          kept={people.made}
          secret={made.link}
          name={formatMessage(w.linkOf, { name: made.name })}
          note={formatMessage(w.once, { name: made.name })}
        />
      )}
    </RecordList>
  )
}
