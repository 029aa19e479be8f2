import { isPerson, rejectionReasons } from '../contract/decisions.ts'
import { ownReason } from '../contract/phrases.ts'
import type { Status } from '../contract/status.ts'
import type { CountedEvent, DayFigures, SiteDay } from '../store/dailyFigures.ts'

const dayMs = 86_400_000

export const dayNumber = (time: number) => Math.floor(time / dayMs)

/** A day in ISO 8601. */
export const dateOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)

/** The site under which the figures of all sites stand. */
export const everySite = ''

export const noFigures = (): DayFigures => ({ comments: {}, people: {}, reasons: {}, waits: {}, pages: {} })

/** Each step of waiting is a fifth longer than the one before. */
const step = Math.log(1.2)

const stepOf = (ms: number) => String(Math.round(Math.log(Math.max(ms / 1000, 1)) / step))

/** The seconds that a step of waiting stands for. */
export const secondsOf = (key: string) => Math.exp(Number(key) * step)

/** Adds figures to others. What comes to nothing is left out. */
export function add(to: DayFigures, more: DayFigures): DayFigures {
  for (const part of ['comments', 'reasons', 'waits', 'pages'] as const) sum(to[part], more[part])
  for (const [id, { name, acts }] of Object.entries(more.people)) {
    const known = Object.hasOwn(to.people, id) ? to.people[id] : undefined
    to.people[id] = { name: name || (known?.name ?? ''), acts: sum(known?.acts ?? {}, acts) }
  }
  return to
}

function sum(to: Record<string, number>, more: Record<string, number>): Record<string, number> {
  for (const [key, number] of Object.entries(more)) {
    const total = (to[key] ?? 0) + number
    if (total === 0) delete to[key]
    else to[key] = total
  }
  return to
}

/** Threads whose comments a day keeps apart: the busiest. */
const mostPages = 200

/** Keeps the busiest pages of a day alone. */
export function trimmed(figures: DayFigures): DayFigures {
  const pages = Object.entries(figures.pages)
  if (pages.length <= mostPages) return figures
  const busiest = pages.toSorted(([, one], [, other]) => other - one).slice(0, mostPages)
  return { ...figures, pages: Object.fromEntries(busiest) }
}

/** What some events change in the figures, by site and day, and under `everySite`. */
export function countEvents(events: CountedEvent[]): SiteDay[] {
  const days = new Map<string, SiteDay>()
  for (const event of events)
    for (const { day, more } of changesBy(event))
      for (const site of [event.siteId ?? everySite, everySite]) {
        const key = `${day} ${site}`
        const known = days.get(key) ?? { site, day, figures: noFigures() }
        days.set(key, known)
        add(known.figures, { ...noFigures(), ...more })
      }
  return [...days.values()]
}

interface Change {
  day: number
  more: Partial<DayFigures>
}

function changesBy(event: CountedEvent): Change[] {
  if (event.act === 'comment.posted')
    return [{ day: dayNumber(event.at), more: { comments: { pending: 1 } } }]
  if (event.from === null || event.to === null) return []
  return [...moved(event, event.from, event.to), ...decided(event, event.from, event.to)]
}

/** A comment that has another status counts as that on the day it was posted. */
function moved({ at, createdAt, threadId }: CountedEvent, from: Status, to: Status): Change[] {
  if (from === to) return []
  const shown = Number(to === 'approved') - Number(from === 'approved')
  const pages = threadId === null || shown === 0 ? {} : { [threadId]: shown }
  return [{ day: dayNumber(createdAt ?? at), more: { comments: { [from]: -1, [to]: 1 }, pages } }]
}

/** A decision counts on its day, and its undo takes it away there. */
function decided(event: CountedEvent, from: Status, to: Status): Change[] {
  const { at, decidedAt, deciderKind, deciderId, actorName, action, reason } = event
  if (decidedAt === null || deciderKind === null || deciderId === null || action === null) return []
  if (deciderKind === 'author' || action === 'withdraw') return []
  const isUndo = event.act === 'comment.undo'
  const by = isUndo ? -1 : 1
  const name = isUndo ? '' : actorName
  const people = { [deciderId]: { name, acts: { [action]: by } } }
  if (!isPerson(deciderKind)) return [{ day: dayNumber(decidedAt), more: { people } }]
  const wait = waitOf(event, isUndo ? to : from, isUndo ? decidedAt : at)
  return [
    {
      day: dayNumber(decidedAt),
      more: {
        people,
        ...(action === 'reject' && { reasons: { [reasonOf(reason)]: by } }),
        ...(wait !== null && { waits: { [stepOf(wait)]: by } }),
      },
    },
  ]
}

/** How long a comment waited that screening had left to a person; null for another. */
function waitOf(event: CountedEvent, status: Status, until: number): number | null {
  const { createdAt, editedAt, verdict, appealed } = event
  if (createdAt === null || status !== 'pending' || verdict !== 'hold' || appealed) return null
  return until - (editedAt !== null && editedAt <= until ? editedAt : createdAt)
}

/** A reason that has a code. What staff typed may quote an author, so it is not kept here. */
function reasonOf(reason: string | null): string {
  if (reason === null) return 'none'
  const isCode = ownReason.test(reason) || (rejectionReasons as readonly string[]).includes(reason)
  return isCode ? reason : 'other'
}
