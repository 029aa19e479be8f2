import { may, type Powers } from './permissions.ts'

/** A comment that a member of staff has in hand. */
export interface InHand {
  commentId: string
  siteId: string
}

/** When it was told that somebody has a comment in hand, or has it no more, in milliseconds since the epoch. */
interface Held extends InHand {
  at: number
}

interface Hand {
  name: string
  /** Null once it was put down. */
  held: Held | null
  /** When anything was told last. */
  at: number
  /** What they had in hand before, the latest last. */
  left: Held[]
}

/** How long somebody is taken to be at a comment, in milliseconds, unless they say so again. */
const staysMs = 30_000

/** For so many milliseconds others are told of what somebody left: desks look that often whether it is decided. */
const leftMs = 10_000

/** Members of staff who are known of at most, and what is told of those that each of them left. */
const most = 1_000
const mostLeft = 20

/** Who has which comment in hand, by the id of a member of staff: of those whom this isolate answers. */
const hands = new Map<string, Hand>()

interface Person extends Powers {
  id: string
  name: string
}

/** Keeps what somebody has in hand now; null for nothing. */
export function hold({ id, name }: Person, inHand: InHand | null, now: number): void {
  const before = hands.get(id)
  hands.delete(id)
  for (const [other, { at }] of hands) if (now - at >= staysMs || hands.size >= most) hands.delete(other)
  const held = inHand && { ...inHand, at: now }
  const isLeft = before?.held && before.held.commentId !== inHand?.commentId
  const left = [...(before?.left ?? []), ...(isLeft ? [{ ...before.held, at: now } as Held] : [])]
  if (held || left.length > 0) hands.set(id, { name, held, at: now, left: left.slice(-mostLeft) })
}

/** Whether somebody is known to have a comment in hand already, as that of a site. */
export function isHeldBy(id: string, { commentId, siteId }: InHand): boolean {
  const held = hands.get(id)?.held
  return held?.commentId === commentId && held.siteId === siteId
}

/** What others have in hand of the comments that somebody may see, and what they left a moment ago. */
export function heldByOthers(
  person: Person,
  now: number,
): { items: { commentId: string; name: string }[]; left: string[] } {
  const others = [...hands].flatMap(([id, hand]) => (id === person.id ? [] : [hand]))
  const isShown = ({ siteId, at }: Held, ms: number) => now - at < ms && may(person, 'queue.read', siteId)
  return {
    items: others.flatMap(({ held, name }) =>
      held && isShown(held, staysMs) ? [{ commentId: held.commentId, name }] : [],
    ),
    left: others
      .flatMap(({ left }) => left)
      .filter((held) => isShown(held, leftMs))
      .map(({ commentId }) => commentId),
  }
}
