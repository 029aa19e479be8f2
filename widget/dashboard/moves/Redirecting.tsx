import { useEffect, useRef } from 'preact/hooks'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import type { CheckedMove } from '../../../worker/contract/threadMoves.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, tag, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { useLostFocus } from '../ui/lostFocus.ts'
import { PinsLost } from '../ui/PinsLost.tsx'
import { Visible } from '../ui/Visible.tsx'
import { movesOf } from './moves.ts'
import { PageKey } from './PageKey.tsx'
import { type Report, redirectsOf, type Stray } from './redirects.ts'

/** Strays that are listed one by one. */
const mostListed = 100

/** The pages of a site that lead elsewhere by now, and moving them there: one, or all. */
export function Redirecting({ site }: { site: string }) {
  const redirects = use(redirectsOf)
  const moving = use(movesOf)
  const heading = useRef<HTMLHeadingElement>(null)
  const w = words('moves')
  const moves = redirects.moves.value
  const report = redirects.report.value
  const error = redirects.error.value
  const looking = redirects.progress.value
  const progress = moving.progress.value
  useEffect(() => redirects.forget, [redirects, site])
  useLostFocus(() => heading.current, moves.length)
  const busy = looking ?? progress
  return (
    <section class="redirects" aria-labelledby="redirects-heading">
      <h2 id="redirects-heading" ref={heading} tabIndex={-1}>
        {w.heading}
      </h2>
      <p class="quiet">{w.note}</p>
      <p class="acts">
        {looking ? (
          <button type="button" onClick={redirects.cancel}>
            {words('imports').cancel}
          </button>
        ) : (
          <button type="button" onClick={() => redirects.look(site)} {...held(progress !== null)}>
            {w.look}
          </button>
        )}
        {moves.length > 1 && (
          <button
            type="button"
            class="primary"
            onClick={() => moving.move(site, moves)}
            {...held(progress !== null)}
          >
            {formatMessage(w.all, { count: moves.length })}
          </button>
        )}
        {busy && (
          <progress max={Math.max(busy.all, 1)} value={busy.done} aria-label={looking ? w.look : w.moving} />
        )}
      </p>
      {error && (
        <p class="error" role="alert">
          {formatMessage(words('imports').check.failed, { error: errorWords(error) })}
        </p>
      )}
      <p role="status">{report && reportWords(report, moves.length)}</p>
      <ul class="records">
        {moves.map((move) => (
          <Redirect key={move.from} site={site} move={move} shared={isShared(move, moves)} />
        ))}
      </ul>
      {report && report.strays.length > 0 && <Strays strays={report.strays} />}
    </section>
  )
}

/** Whether another one of the list leads to the same page. */
const isShared = ({ from, to }: CheckedMove, moves: CheckedMove[]) =>
  moves.some((other) => other.to === to && other.from !== from)

/** A page that leads to another: where to, what moving it comes to, and the button for that. */
function Redirect({ site, move, shared }: { site: string; move: CheckedMove; shared: boolean }) {
  const { from, to, outcome, thread, other } = move
  const moving = use(movesOf)
  const problem = moving.problem.value
  const w = words('moves')
  const label = outcome === 'merge' ? words('thread').move.doMerge : words('thread').move.doMove
  return (
    <li>
      <div>
        {thread?.title && (
          <p>
            <bdi class="name">
              <Visible text={thread.title} />
            </bdi>
          </p>
        )}
        <p>
          <PageKey of={from} /> <span class="quiet">{words('imports').check.states.moved}</span>{' '}
          <PageKey of={to} />
        </p>
        <p class="quiet">
          {formatMessage(outcome === 'merge' ? w.merge : w.move, {
            count: thread?.count ?? 0,
            there: (other?.count ?? 0).toLocaleString(tag()),
          })}
        </p>
        {shared && <p class="quiet">{w.shared}</p>}
        <PinsLost check={move} />
        {problem?.from === from && (
          <p class="error" role="alert">
            {errorWords(problem.error)}
          </p>
        )}
      </div>
      <div class="acts">
        <button
          type="button"
          aria-label={`${label}: ${readableKey(from)}`}
          onClick={() => moving.move(site, [move])}
          {...held(moving.progress.value !== null)}
        >
          {label}
        </button>
      </div>
    </li>
  )
}

/** Pages that are not where they were, and have nowhere to move to. */
function Strays({ strays }: { strays: Stray[] }) {
  const w = words('moves')
  const { states } = words('imports').check
  return (
    <details>
      <summary>{formatMessage(w.strays, { count: strays.length })}</summary>
      <ul class="told">
        {strays.slice(0, mostListed).map(({ key, title, state, to, detail }) => (
          <li key={key}>
            {title && (
              <>
                <bdi>
                  <Visible text={title} />
                </bdi>{' '}
              </>
            )}
            <span class="quiet">
              <PageKey of={key} />
            </span>{' '}
            {state === 'front' ? w.front : states[state as keyof typeof states]}
            {to && (
              <>
                {' '}
                <PageKey of={to} />
              </>
            )}
            {detail && (
              <span class="quiet" lang="en">
                {' '}
                ({detail})
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What was found, in figures; where nothing is left to move, that. */
function reportWords({ pages, found, strays, unasked }: Report, left: number) {
  const w = words('imports').check.report
  const of = (...states: string[]) => strays.filter(({ state }) => states.includes(state)).length
  const parts: [keyof typeof w, number][] = [
    ['pages', pages],
    ['found', found],
    ['moved', left + of('moved_away', 'front')],
    ['missing', of('not_found')],
    ['unreachable', of('unreachable')],
    ['unasked', unasked],
  ]
  const told = parts
    .filter(([name, count]) => count > 0 || name === 'pages')
    .map(([name, count]) => formatMessage(w[name], { count }))
  return `${told.join(' · ')}${left === 0 ? ` · ${words('moves').none}` : ''}`
}
