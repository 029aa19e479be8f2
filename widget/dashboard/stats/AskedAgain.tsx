import { effect, useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import type { SecondLook } from '../../../worker/contract/secondLooks.ts'
import { oneKey } from '../core/preferences.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Key } from '../ui/Key.tsx'
import { useLostFocus } from '../ui/lostFocus.ts'
import { Reasons } from '../ui/Reasons.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible, VisibleContent } from '../ui/Visible.tsx'
import { Again } from './secondLooks.ts'

/** How many comments of a site a person is asked about again, what came of that, and the comments once they are opened. */
export function AskedAgain({ siteId }: { siteId: string }) {
  const desk = useDesk()
  const again = useMemo(() => new Again(desk, siteId), [desk, siteId])
  const open = useSignal(false)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    again.load()
  }, [again])
  const w = words('stats').again
  const item = again.item.value
  const answered = again.list.last.value?.answered
  useLostFocus(() => opener.current, open.value ? item?.id : null)
  if (!answered) return null
  const count = again.list.items.value.length
  return (
    <div class="asked-again">
      {answered.count > 0 && (
        <p class="quiet">
          {formatMessage(w.answered, {
            count: answered.count.toLocaleString(tag()),
            changed: answered.changed.toLocaleString(tag()),
          })}
        </p>
      )}
      {(count > 0 || open.value) && (
        <p>
          <button
            ref={opener}
            type="button"
            class="plain"
            aria-expanded={open.value}
            onClick={() => {
              open.value = !open.value
            }}
          >
            {count > 0 ? formatMessage(w.asks, { count }) : w.none}
          </button>
        </p>
      )}
      {open.value && item && <Opened again={again} item={item} />}
    </div>
  )
}

interface Props {
  again: Again
  item: SecondLook
}

/** The comment in hand, without a word of what was decided. */
function Opened({ again, item }: Props) {
  const w = words()
  const { author, thread } = item
  useKeys(again)
  return (
    <>
      <p class="quiet">{words('stats').again.note}</p>
      <ol class="comments">
        <li key={item.id} class="comment in-hand">
          <article aria-label={formatMessage(w.from, { name: author.name })}>
            <header>
              <bdi class="name">
                <Visible text={author.name} />
              </bdi>
              <span class="meta">
                {w.on}{' '}
                <bdi>
                  <Visible text={thread.title || readableKey(thread.key)} />
                </bdi>
              </span>
              <Time at={item.createdAt} />
            </header>
            <div class="body open all" dir="auto">
              <VisibleContent nodes={item.content} />
            </div>
            {again.choosing.value ? (
              <Reasons
                items={[item]}
                refused="reject"
                confirm={(reason) => {
                  again.choosing.value = false
                  again.answer(item, 'reject', reason)
                }}
                cancel={() => {
                  again.choosing.value = false
                }}
              />
            ) : (
              <Acts again={again} item={item} />
            )}
          </article>
        </li>
      </ol>
    </>
  )
}

const keys = { approve: 'a', reject: 'r', spam: 's' } as const

/** What decides it, each act with its key in the queue. */
function Acts({ again, item }: Props) {
  return (
    <div class="actions">
      {(Object.keys(keys) as (keyof typeof keys)[]).map((action) => (
        <button
          key={action}
          type="button"
          class={action}
          aria-keyshortcuts={oneKey.value ? keys[action] : undefined}
          onClick={() => {
            if (action === 'reject') again.choosing.value = true
            else again.answer(item, action)
          }}
        >
          {words().decide[action]} <Key name={keys[action]} />
        </button>
      ))}
    </div>
  )
}

/** Lets the queue's keys work here. While a reason is chosen only Escape does anything. */
function useKeys(again: Again) {
  const { shortcuts, asking } = useDesk()
  useLayoutEffect(() => {
    const stop = effect(() => {
      const item = again.item.value
      const cancel = () => {
        again.choosing.value = false
      }
      asking.value = again.choosing.value
      shortcuts.value =
        !item || again.choosing.value
          ? { escape: cancel }
          : {
              approve: () => again.answer(item, 'approve'),
              reject() {
                again.choosing.value = true
              },
              spam: () => again.answer(item, 'spam'),
            }
    })
    return () => {
      stop()
      shortcuts.value = {}
      asking.value = false
    }
  }, [shortcuts, asking, again])
}
