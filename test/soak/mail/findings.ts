import { undoWindowMs } from '../../../worker/contract/decisions.ts'
import type { Instance } from '../../instance.ts'
import type { Entry } from './acts.ts'
import type { Taken } from './roughMailServer.ts'

/** How long after the answer its sender may need to note that a mail was taken, in milliseconds. */
const notedMs = 5_000

/** What was to be told, and who was. */
export interface Told {
  entries: Entry[]
  /** Who follows a thread, by its key. */
  followers: Map<string, string[]>
  taken: Taken[]
  instance: Instance
}

/** One recipient of one event, with the mails that tell it: each by its id, however often it came. */
interface Telling {
  entry: Entry
  to: string
  mails: Set<string>
}

/** Everything that somebody might be told: the author of each comment of its approval, the followers of its thread of it. */
export function tellings({ entries, followers, taken }: Told): Telling[] {
  const byRecipient = Map.groupBy(taken, ({ to }) => to)
  return entries.flatMap((entry) => {
    const of = (to: string, kind: string) => ({
      ...{ entry, to },
      mails: new Set(
        (byRecipient.get(to) ?? [])
          .filter(({ id, html }) => id.startsWith(kind) && html.includes(`#comment-${entry.id}`))
          .map(({ id }) => id),
      ),
    })
    return [of(entry.address, 'fate.'), ...(followers.get(entry.key) ?? []).map((to) => of(to, 'news.'))]
  })
}

/** Whether somebody is still to be told. */
export const isUntold = ({ entry, mails }: Telling): boolean =>
  entry.approvedAt !== null && !entry.isUndone && mails.size === 0

/** Mails that came before what they tell of could be undone no more. */
export const early = ({ entries, taken, instance }: Told): Taken[] =>
  taken.filter(({ html, at }) =>
    entries.some(
      ({ id, approvedAt }) =>
        html.includes(`#comment-${id}`) &&
        (approvedAt === null || instance.timeAt(at) < approvedAt + undoWindowMs),
    ),
  )

/** Whether a sender that was killed then may not have noted that a mail was taken: it may also have been while it was read. */
const isOfKilled = ({ begunAt, answeredAt }: Taken, kill: number) =>
  kill >= begunAt && kill - answeredAt < notedMs

/**
 * Mails that came again, by why: their sender was cut off before it was answered, or killed before it noted the answer. For
 * the rest there is no excuse.
 */
export function repeats({ taken, instance }: Pick<Told, 'taken' | 'instance'>) {
  const count = { cut: 0, killed: 0, other: 0, changed: 0 }
  for (const same of Map.groupBy(taken, ({ id }) => id).values())
    for (const [at, mail] of same.slice(1).entries()) {
      const before = same[at] as Taken
      if (before.text !== mail.text && before.html !== mail.html) count.changed++
      if (!before.isAnswered) count.cut++
      else if (instance.kills.some((kill) => isOfKilled(before, kill))) count.killed++
      else count.other++
    }
  return count
}
