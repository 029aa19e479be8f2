import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { Author } from '../../../worker/contract/authors.ts'
import type { Ban } from '../../../worker/contract/bans.ts'
import { bansOf } from '../core/bans.ts'
import { unfiltered } from '../core/location.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { BadgeField } from '../ui/BadgeField.tsx'
import { Late, part } from '../ui/Late.tsx'
import { useLostFocus } from '../ui/lostFocus.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { AuthorDownload } from './AuthorDownload.tsx'
import { TrustField } from './TrustField.tsx'

const banForm = part(['bans', 'bulk'], async () => (await import('../ui/BanAuthor.tsx')).BanAuthor)

/** How far an author is trusted and why, what became of their comments, and what keeps them out. */
export function AuthorFacts({ author, reload }: { author: Author; reload: () => void }) {
  const isOwner = useDesk().session.session.value?.moderator.role === 'owner'
  const w = words('author')
  const { status } = words()
  const { latest, erasure } = author
  const ending = useRef<HTMLParagraphElement>(null)
  useLostFocus(() => ending.current, erasure?.state)
  const number = (count: number) => count.toLocaleString(tag())
  return (
    <>
      <ul class="links">
        <li>
          <PlaceLink to={{ page: 'queue', tab: 'all', site: '', author: author.id }}>{w.decide}</PlaceLink>
        </li>
        <li>
          <PlaceLink to={{ ...unfiltered, page: 'audit-log', site: '', author: author.id }}>
            {w.log}
          </PlaceLink>
        </li>
        {isOwner && erasure?.state !== 'done' && (
          <>
            <li>
              <PlaceLink to={{ page: 'person', site: '', author: author.id }}>{w.everywhere}</PlaceLink>
            </li>
            <li>
              <AuthorDownload author={author} />
            </li>
          </>
        )}
      </ul>
      {erasure && (
        <p ref={ending} tabIndex={-1} class="erased">
          <strong>{erasure.state === 'done' ? w.erased : w.beingErased}</strong> · <Time at={erasure.at} />
          {erasure.state === 'done' && <span class="quiet"> · {w.nothingKept}</span>}
        </p>
      )}
      <dl class="facts author-facts">
        <Fact name={w.trust}>
          <TrustField author={author} reload={reload} />
        </Fact>
        <Fact name={status.pending}>
          {number(latest.pending)}
          {latest.more && ` · ${w.ofLatest}`}
        </Fact>
        <Fact name={status.approved}>{number(author.counts.approved)}</Fact>
        <Fact name={status.rejected}>{number(author.counts.rejected)}</Fact>
        <Fact name={status.spam}>{number(author.counts.spam)}</Fact>
        <Fact name={status.deleted}>
          {number(latest.deleted)}
          {latest.more && ` · ${w.ofLatest}`}
        </Fact>
        <Fact name={w.firstSeen}>
          <Time at={author.firstSeen} />
        </Fact>
        {author.badge && !isOwner && (
          <Fact name={w.badge}>
            <bdi>
              <Visible text={author.badge} />
            </bdi>
          </Fact>
        )}
        <Fact name={w.ban}>
          {author.ban ? (
            <Standing ban={author.ban} name={author.name} />
          ) : erasure ? (
            w.unbanned
          ) : (
            <NewBan author={author} />
          )}
        </Fact>
      </dl>
      {isOwner && !erasure && <BadgeField key={author.badge} author={author} />}
    </>
  )
}

/** That nothing keeps an author out, and the form that does. */
function NewBan({ author: { id, site, name } }: { author: Author }) {
  const banning = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  const w = words('author')
  const done = () => {
    banning.value = false
    button.current?.focus()
  }
  return (
    <>
      {w.unbanned} ·{' '}
      <button
        ref={button}
        type="button"
        class="plain"
        aria-expanded={banning.value}
        onClick={() => {
          banning.value = !banning.value
        }}
      >
        {words('context').ban}
      </button>
      {banning.value && (
        <Late part={banForm} given={{ item: { site, author: { id, name: name ?? w.title } }, done }} />
      )}
    </>
  )
}

function Standing({ ban, name }: { ban: Ban; name: string | null }) {
  const bans = use(bansOf)
  const w = words('bans')
  return (
    <>
      {ban.until ? (
        <>
          {w.until}: <Time at={ban.until} absolute />
        </>
      ) : (
        w.good
      )}
      {ban.reason && (
        <span class="quiet">
          {' · '}
          <bdi>
            <Visible text={ban.reason} />
          </bdi>
        </span>
      )}{' '}
      <button
        type="button"
        class="plain"
        aria-label={formatMessage(w.liftOf, { value: name ?? ban.value })}
        onClick={() => bans.lift(ban)}
      >
        {w.lift}
      </button>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
