import type { Signal } from '@preact/signals'
import type { Person } from '../../../worker/contract/persons.ts'
import { formatMessage, words } from '../core/words.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Visible } from '../ui/Visible.tsx'

interface Props {
  person: Person
  /** Ids of those who are the same person. */
  chosen: Signal<string[]>
}

/** Who else wrote with an author's e-mail addresses, to look at and to choose from; nothing where nobody did. */
export function Namesakes({ person, chosen }: Props) {
  const { title, erase: w } = words('author')
  if (person.authors.length === 0) return null
  const choose = (id: string, on: boolean) => {
    chosen.value = on ? [...chosen.peek(), id] : chosen.peek().filter((one) => one !== id)
  }
  return (
    <>
      <h2>{w.sameAddress}</h2>
      <p>{w.lookFirst}</p>
      <ul>
        {person.authors.map(({ id, site, name, comments, more }) => (
          <li key={id} class="choice">
            <input
              type="checkbox"
              aria-label={`${name ?? title} – ${site.name}`}
              checked={chosen.value.includes(id)}
              onChange={(event) => choose(id, event.currentTarget.checked)}
            />
            <span>
              <PlaceLink to={{ page: 'author', site: '', author: id }}>
                <bdi>{name === null ? title : <Visible text={name} />}</bdi>
              </PlaceLink>
              {' · '}
              <bdi>
                <Visible text={site.name} />
              </bdi>
              : {formatMessage(more ? w.moreComments : w.comments, { count: comments })}
            </span>
          </li>
        ))}
      </ul>
      {person.more && <p>{w.othersLeft}</p>}
    </>
  )
}
