import type { FoundAuthor } from '../../../worker/contract/persons.ts'
import { pageOfAuthor } from '../core/location.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { type Browser, personsOf } from './persons.ts'

/** Authors of one browser, to be looked at and chosen together: whoever has the one has the others. */
export function FoundBrowser({ browser }: { browser: Browser }) {
  const persons = use(personsOf)
  const [first] = browser
  const { title } = words('author')
  const w = words('person')
  const names = browser.map(({ name, site }) => `${name ?? title} – ${site.name}`).join(', ')
  return (
    <li class="choice">
      <input
        type="checkbox"
        aria-label={formatMessage(w.choose, { name: names })}
        checked={persons.chosen.value.includes(first.id)}
        disabled={persons.busy.value}
        onChange={(event) => persons.choose(first.id, event.currentTarget.checked)}
      />
      <div>
        {browser.map((author) => (
          <Found key={author.id} author={author} />
        ))}
      </div>
    </li>
  )
}

function Found({ author }: { author: FoundAuthor }) {
  const { title, erase, beingErased, erased } = words('author')
  const { status } = words()
  const w = words('person')
  const { site, name, comments, more, statuses, since, until } = author
  const number = (count: number) => count.toLocaleString(tag())
  const parts = (Object.keys(statuses) as (keyof typeof statuses)[]).filter((one) => statuses[one] > 0)
  const besides = (['appeals', 'flags', 'subscriptions', 'notes'] as const).filter((one) => author[one] > 0)
  return (
    <div class="found">
      <p>
        <PlaceLink to={pageOfAuthor(author.id)}>
          <bdi>{name === null ? title : <Visible text={name} />}</bdi>
        </PlaceLink>
        {' · '}
        <bdi>
          <Visible text={site.name} />
        </bdi>
        {': '}
        {formatMessage(more ? erase.moreComments : erase.comments, { count: comments })}
        {author.banned && <strong> · {w.banned}</strong>}
        {author.erasure && <strong> · {author.erasure === 'done' ? erased : beingErased}</strong>}
      </p>
      <p class="quiet">
        {parts.map((one) => `${status[one]}: ${number(statuses[one])}`).join(' · ')}
        {since && until && (
          <>
            {' · '}
            <Time at={since} absolute />
            {until !== since && (
              <>
                {' – '}
                <Time at={until} absolute />
              </>
            )}
          </>
        )}
      </p>
      {author.names.length > 1 && <Texts label={w.names} texts={author.names} />}
      {author.emails.length > 0 && <Texts label={w.emails} texts={author.emails} />}
      {besides.length > 0 && (
        <p class="quiet">
          {besides.map((one) => formatMessage(w.besides[one], { count: author[one] })).join(' · ')}
        </p>
      )}
    </div>
  )
}

function Texts({ label, texts }: { label: string; texts: string[] }) {
  return (
    <p class="quiet">
      {label}:{' '}
      {texts.map((text, at) => (
        <span key={text}>
          {at > 0 && ', '}
          <bdi>
            <Visible text={text} />
          </bdi>
        </span>
      ))}
    </p>
  )
}
