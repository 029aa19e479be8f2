import { may, type Powers } from './permissions.ts'

/** A comment that a member of staff has in hand. */
export interface InHand {
  commentId: string
  siteId: string
}

interface Held extends InHand {
  name: string
  /** Milliseconds since the epoch. */
  at: number
}

/** How long somebody is taken to be at a comment, in milliseconds, unless they say so again. */
const staysMs = 30_000

/** Members of staff who are known of at most. */
const most = 1_000

/** Who has which comment in hand, by the id of a member of staff: of those whom this isolate answers. */
const hands = new Map<string, Held>()

interface Person extends Powers {
  id: string
  name: string
}

/** Keeps what somebody has in hand now; null for nothing. */
export function hold({ id, name }: Person, inHand: InHand | null, now: number): void {
  hands.delete(id)
  for (const [other, { at }] of hands) if (now - at >= staysMs || hands.size >= most) hands.delete(other)
  if (inHand) hands.set(id, { ...inHand, name, at: now })
}

/** Whether somebody is known to have a comment in hand already, as that of a site. */
export function isHeldBy(id: string, { commentId, siteId }: InHand): boolean {
  const held = hands.get(id)
  return held?.commentId === commentId && held.siteId === siteId
}

/** What others have in hand of the comments that somebody may see. */
export const heldByOthers = (person: Person, now: number): { commentId: string; name: string }[] =>
  [...hands]
    .filter(
      ([id, { siteId, at }]) => id !== person.id && now - at < staysMs && may(person, 'queue.read', siteId),
    )
    .map(([, { commentId, name }]) => ({ commentId, name }))
