import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { pageOfAuthor, unfiltered } from '../core/location.ts'
import { tag, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { BadgeField } from '../ui/BadgeField.tsx'
import { Late, part } from '../ui/Late.tsx'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'

const banForm = part(['bans', 'bulk'], async () => (await import('../ui/BanAuthor.tsx')).BanAuthor)

/** Who wrote a comment and what became of their others. */
export function AuthorFacts({ item }: { item: QueueItem }) {
  const desk = useDesk()
  const banning = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  const { author, history } = item
  const w = words()
  const of = words('context')
  const owner = desk.session.session.value?.moderator.role === 'owner'
  const number = (count: number) => count.toLocaleString(tag())

  function showOthers() {
    desk.queue.list.cursor.detailed.value = false
    desk.place.go({ ...unfiltered, tab: 'all', author: author.id })
  }

  return (
    <>
      <h2>
        <bdi>
          <Visible text={author.name} />
        </bdi>
      </h2>
      <dl class="facts">
        <Fact name={of.trust} value={w.trust[item.trust]} />
        <Fact name={w.status.approved} value={number(history.approved)} />
        <Fact name={w.status.rejected} value={number(history.rejected)} />
        <Fact name={w.status.spam} value={number(history.spam)} />
        <Fact
          name={of.sameAddress}
          value={history.sameAddress === null ? of.unknown : number(history.sameAddress)}
        />
        <div>
          <dt>{of.firstSeen}</dt>
          <dd>
            <Time at={history.firstSeen} />
          </dd>
        </div>
        {author.email && <Fact name={of.email} value={author.email} />}
        {author.url && <Fact name={of.website} value={author.url} />}
        {author.badge && !owner && <Fact name={of.badge.label} value={author.badge} />}
      </dl>
      {owner && <BadgeField key={author.badge} author={author} />}
      <ul class="links">
        <li>
          <PlaceLink to={pageOfAuthor(author.id)}>{of.aboutAuthor}</PlaceLink>
        </li>
        <li>
          <button type="button" class="plain" onClick={showOthers}>
            {of.others}
          </button>
        </li>
        <li>
          <button
            ref={button}
            type="button"
            class="plain"
            aria-expanded={banning.value}
            onClick={() => {
              banning.value = !banning.value
            }}
          >
            {of.ban}
          </button>
        </li>
      </ul>
      {banning.value && (
        <Late
          part={banForm}
          given={{
            item,
            done() {
              banning.value = false
              button.current?.focus()
            },
          }}
        />
      )}
    </>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>
          <Visible text={value} />
        </bdi>
      </dd>
    </div>
  )
}
