import type { ComponentChildren } from 'preact'
import type { Author } from '../../../worker/contract/authors.ts'
import type { Ban } from '../../../worker/contract/bans.ts'
import { bansOf } from '../core/bans.ts'
import { unfiltered } from '../core/location.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { AuthorDownload } from './AuthorDownload.tsx'

/** How far an author is trusted and why, what became of their comments, and what keeps them out. */
export function AuthorFacts({ author }: { author: Author }) {
  const isOwner = useDesk().session.session.value?.moderator.role === 'owner'
  const w = words('author')
  const { status, trust } = words()
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
        {isOwner && (
          <li>
            <AuthorDownload author={author} />
          </li>
        )}
      </ul>
      {author.erasure && (
        <p class="state calm">
          {author.erasure.state === 'done' ? w.erased : w.beingErased} <Time at={author.erasure.at} />
        </p>
      )}
      <dl class="facts author-facts">
        <Fact name={w.trust}>
          {trust[author.trust.level]}
          <span class="quiet"> · {reasonFor(author)}</span>
        </Fact>
        <Fact name={status.approved}>{number(author.counts.approved)}</Fact>
        <Fact name={status.rejected}>{number(author.counts.rejected)}</Fact>
        <Fact name={status.spam}>{number(author.counts.spam)}</Fact>
        <Fact name={w.firstSeen}>
          <Time at={author.firstSeen} />
        </Fact>
        {author.badge && (
          <Fact name={w.badge}>
            <bdi>
              <Visible text={author.badge} />
            </bdi>
          </Fact>
        )}
        <Fact name={w.ban}>{author.ban ? <Standing ban={author.ban} name={author.name} /> : w.unbanned}</Fact>
      </dl>
    </>
  )
}

/** The facts that trust follows from, in a sentence. */
function reasonFor({ trust: { level, approvedByPeople, refused, trustedAfter } }: Author): string {
  const { newcomer, known } = words('author').why
  const facts = { approved: approvedByPeople, refused, after: trustedAfter }
  return level === 'newcomer' ? newcomer : formatMessage(known, facts)
}

function Standing({ ban, name }: { ban: Ban; name: string | null }) {
  const bans = use(bansOf)
  const w = words('bans')
  return (
    <>
      {w.until}: {ban.until ? <Time at={ban.until} absolute /> : w.good}
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
