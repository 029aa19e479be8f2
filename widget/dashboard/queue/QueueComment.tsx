import { useComputed, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import { pageOfThread } from '../core/location.ts'
import { swipes } from '../core/preferences.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Late, part } from '../ui/Late.tsx'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Reasons } from '../ui/Reasons.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible, VisibleContent } from '../ui/Visible.tsx'
import { narrow } from '../ui/wide.ts'
import { Actions } from './Actions.tsx'
import { changes, isWithdrawn } from './decisions.ts'
import { Findings } from './Findings.tsx'
import { RowNote } from './RowNote.tsx'
import { listenForSwipes, type Way } from './swipe.ts'

/** What pushing a row to a side does. */
const swiped = { end: 'approve', start: 'spam' } as const

const answer = part(['answer'], async () => (await import('../answer/Answer.tsx')).Answer)

const change = part(['comment'], async () => (await import('./WaitingChange.tsx')).WaitingChange)

/** That its author took it back, or by whom they were erased. */
const withdrawnWords = ({ decision }: QueueItem) =>
  decision?.byKind === 'author'
    ? words().by.withdraw
    : formatMessage(words().by.erase, { name: decision?.by ?? '' })

/** One comment of the queue. In hand it opens and can be decided; else it shows what one decides by. */
export function QueueComment({ item }: { item: QueueItem }) {
  const { queue, place, session, decisions, presence } = useDesk()
  const { cursor, notes } = queue.list
  const row = useRef<HTMLElement>(null)
  const id = item.id
  const inHand = useComputed(() => cursor.inHand.value === id).value
  const selected = useComputed(() => cursor.selected.value.has(id)).value
  const note = useComputed(() => notes.all.value.get(id)).value
  const selecting = useComputed(() => cursor.selected.value.size > 0).value
  const choosing = inHand && !selecting ? cursor.choosing.value : null
  const answering = inHand && cursor.answering.value && !selecting && !choosing
  const departed = note?.kind === 'departed'
  const other = useComputed(() => presence.others.value.get(id)).value
  const showStatus = place.here.value.tab === 'all' || note?.kind === 'lost'
  const severalSites = !place.here.value.site && (session.session.value?.sites.length ?? 0) > 1
  const title = <Visible text={item.thread.title || readableKey(item.thread.key)} />
  const w = words()

  useLayoutEffect(() => {
    if (inHand && cursor.inHand.peek() === id && row.current) follow(row.current)
  }, [inHand, cursor, id])

  const whole = useRef<HTMLLIElement>(null)
  const swipeable = swipes.value && !departed && !selecting && !choosing && !answering
  const latest = useRef(item)
  latest.current = item
  useLayoutEffect(() => {
    if (!swipeable || !whole.current) return
    const may = (way: Way) => changes(latest.current, swiped[way])
    return listenForSwipes(whole.current, may, (way) => decisions.decide([id], swiped[way]))
  }, [swipeable, id, decisions])

  return (
    <li
      ref={whole}
      data-end={w.decide.approve}
      data-start={w.decide.spam}
      class={`comment${inHand ? ' in-hand' : ''}${departed ? ' departed' : ''}${selected ? ' selected' : ''}`}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: focus takes it in hand as well */}
      <article
        ref={row}
        tabIndex={inHand ? 0 : -1}
        aria-current={inHand ? 'true' : undefined}
        aria-label={formatMessage(w.from, { name: item.author.name })}
        onFocusCapture={() => cursor.take(id)}
        onClick={() => cursor.take(id)}
      >
        <header>
          <label class="pick">
            <input
              type="checkbox"
              checked={selected}
              aria-label={formatMessage(w.select, { name: item.author.name })}
              onClick={(event) => {
                if (event.shiftKey) cursor.extend(id)
                else cursor.toggle(id)
              }}
            />
          </label>
          <bdi class="name">
            <Visible text={item.author.name} />
          </bdi>
          <span class="meta">
            {w.trust[item.trust]} ·{' '}
            {severalSites && (
              <>
                <bdi>{item.site.name}</bdi> ·{' '}
              </>
            )}
            {w.on}{' '}
            <bdi>{inHand ? <PlaceLink to={pageOfThread(item.thread.id)}>{title}</PlaceLink> : title}</bdi>
          </span>
          {showStatus && <span class={`status ${item.status}`}>{w.status[item.status]}</span>}
          {other && <bdi class="presence">{formatMessage(w.isOn, { name: other })}</bdi>}
          <Time at={item.createdAt} />
        </header>
        {!departed && <Body item={item} open={inHand} />}
        {inHand && item.shown && item.status === 'pending' && <Late part={change} given={{ item }} />}
        {!departed && narrow.value && item.appeal && item.appealed?.state === 'open' && (
          <blockquote class="voice" dir="auto" aria-label={w.told.appeal}>
            <Visible text={item.appeal} />
          </blockquote>
        )}
        {!departed && <Findings item={item} />}
        {note && <RowNote item={item} note={note} />}
        {inHand && !departed && !choosing && !answering && !selecting && !narrow.value && (
          <Actions items={[item]} />
        )}
        {answering && !departed && <Late part={answer} given={{ item }} />}
        {choosing && (
          <Reasons
            items={[item]}
            refused={choosing}
            confirm={(reason) => decisions.decide([id], choosing, reason)}
            cancel={() => {
              cursor.choosing.value = null
              row.current?.focus()
            }}
          />
        )}
      </article>
    </li>
  )
}

function Body({ item, open }: { item: QueueItem; open: boolean }) {
  const { cursor } = useDesk().queue.list
  const box = useRef<HTMLDivElement>(null)
  const long = useSignal(false)
  const all = open && cursor.expanded.value
  useLayoutEffect(() => {
    const { scrollHeight = 0, clientHeight = 0 } = box.current ?? {}
    if (!all) long.value = scrollHeight > clientHeight + 4
  })
  return (
    <>
      <div ref={box} class={`body${open ? ' open' : ''}${all ? ' all' : ''}`} dir="auto">
        {isWithdrawn(item) ? (
          <p class="quiet">{withdrawnWords(item)}</p>
        ) : (
          <VisibleContent nodes={item.content} />
        )}
      </div>
      {open && (long.value || all) && (
        <button
          type="button"
          class="plain show-all"
          aria-expanded={all}
          onClick={() => {
            cursor.expanded.value = !all
          }}
        >
          {all ? words().showLess : words().showAll}
        </button>
      )}
    </>
  )
}

/** The focus goes with the hand, unless it is at work elsewhere. */
function follow(row: HTMLElement) {
  const at = document.activeElement
  const free =
    !at || at === document.body || at.id === 'main' || (at.closest('.comments') && !row.contains(at))
  if (free) row.focus({ preventScroll: true })
  row.scrollIntoView?.({ block: 'nearest' })
}
