import { computed, createModel, effect, signal, untracked } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { Connection } from './core/connection.ts'
import { Place } from './core/location.ts'
import { LostSites } from './core/lostSites.ts'
import { Mentions } from './core/mentions.ts'
import { failedNotice } from './core/notices.ts'
import { Presence } from './core/presence.ts'
import { Session } from './core/session.ts'
import type { Does } from './core/shortcuts.ts'
import { UndoStack } from './core/undoStack.ts'
import { Decisions } from './queue/decisions.ts'
import { Queue } from './queue/queue.ts'

/** Milliseconds between two looks at the queue. */
const pace = { visible: 4_000, hidden: 60_000 }

/** Looks at the queue for each look whether a note names who sits here. */
const mentionsEvery = 12

/**
 * What every page of the moderators' app shares: who sits at it, where they are, the queue and what was done.
 * What belongs to one page is made when that page first needs it, by `use`.
 *
 * @param pages the names of the pages there are besides the queue
 */
export const Desk = createModel((pages: string[]) => {
  const connection = new Connection()
  const session = new Session(connection)
  const place = new Place(pages)
  const acts = new UndoStack()
  const signedIn = computed(() => session.state.value === 'in')
  const queue = new Queue(connection, place, signedIn)
  const presence = new Presence(
    connection,
    queue.list.cursor,
    () => session.session.peek()?.moderator.id ?? '',
  )
  const mentions = new Mentions(connection)
  const lostSites = new LostSites({ connection, session, place, inHand: queue.list.cursor.item })
  const decisions = new Decisions({ connection, session, place, queue, acts })

  effect(() => {
    if (!signedIn.value) return
    let timer: ReturnType<typeof setTimeout>
    let looks = 0
    let over = false
    const look = async () => {
      clearTimeout(timer)
      await queue.refresh()
      if (over) return
      if (++looks % 3 === 0 && place.here.peek().page === 'queue') await presence.tell()
      if (looks % mentionsEvery === 1) mentions.look()
      clearTimeout(timer)
      if (over) return
      timer = setTimeout(look, document.hidden ? pace.hidden : pace.visible)
    }
    timer = setTimeout(look, pace.visible)
    const wake = () => !document.hidden && look()
    document.addEventListener('visibilitychange', wake)
    addEventListener('online', wake)
    return () => {
      over = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', wake)
      removeEventListener('online', wake)
    }
  })

  // Two who come at the same time begin at different comments.
  effect(() => {
    if (queue.phase.value !== 'ready' || !signedIn.value) return
    untracked(() => {
      const { page, tab } = place.here.peek()
      if (page === 'queue' && tab === 'held') presence.begin(queue.list.items)
    })
  })

  // Each step is told, so that nobody takes what somebody else is at.
  effect(() => {
    queue.list.cursor.inHand.value
    if (signedIn.value && queue.phase.peek() === 'ready' && place.here.peek().page === 'queue')
      untracked(presence.step)
  })

  effect(() => {
    const error = session.error.value
    if (error && signedIn.peek()) acts.say(failedNotice((told) => told, error))
  })

  return {
    connection,
    session,
    place,
    queue,
    acts,
    decisions,
    presence,
    mentions,
    lostSites,
    /** Whether the help lies over the desk. */
    help: signal(false),
    /** Whether a sheet lies over the desk: then it says in the sheet what was done. */
    covered: signal(false),
    /** Whether it is asked what becomes of all comments that match. */
    allMatching: signal(false),
    /** What shortcuts do on the page that is open, where it is not the queue. */
    shortcuts: signal<Partial<Record<Does, () => void>>>({}),
    /** Whether that page waits for an answer: of all keys only Escape acts then. */
    asking: signal(false),
    open: session.open,
  }
})
export type Desk = InstanceType<typeof Desk>

/** Makes the model of a page out of what it shares with the others. */
type Maker<Model> = (desk: Desk) => Model

const models = new WeakMap<Desk, Map<Maker<unknown>, unknown>>()

/** The one model of its kind that a desk has, made when first asked for. */
export function modelOf<Model>(desk: Desk, make: Maker<Model>): Model {
  const made = models.get(desk) ?? new Map<Maker<unknown>, unknown>()
  models.set(desk, made)
  if (!made.has(make))
    made.set(
      make,
      untracked(() => make(desk)),
    )
  return made.get(make) as Model
}

export const DeskContext = createContext<Desk | null>(null)

/** The desk a component belongs to. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('There is no desk here.')
  return desk
}

/** The desk's model of a page, for the page's components. */
export const use = <Model>(make: Maker<Model>): Model => modelOf(useDesk(), make)
