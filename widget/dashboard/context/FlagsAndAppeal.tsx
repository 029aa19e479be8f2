import type { FlagReason } from '../../../worker/contract/flagReasons.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { formatMessage, words } from '../core/words.ts'
import { Visible } from '../ui/Visible.tsx'

/** What readers said is wrong with a comment, in one line of words and counts; the most frequent first. */
export function flagWords({ reasons }: NonNullable<QueueItem['flags']>): string {
  const w = words()
  const said = (Object.entries(reasons) as [FlagReason, number][])
    .toSorted(([, one], [, other]) => other - one)
    .map(([reason, count]) =>
      formatMessage(w.told.reason, { reason: w.told.reasons[reason] ?? reason, count }),
    )
  return formatMessage(w.told.chip, { reasons: said.join(w.comma) })
}

/** What its author says who asks for another look, and what readers say who flagged it. */
export function FlagsAndAppeal({ item: { appeal, flags } }: { item: QueueItem }) {
  const w = words().told
  return (
    <>
      {appeal !== null && (
        <section>
          <h3>{w.appealOf}</h3>
          {appeal ? <Quoted text={appeal} /> : <p class="quiet">{w.noWords}</p>}
        </section>
      )}
      {flags && (
        <section>
          <h3>{formatMessage(w.flags, { count: flags.count })}</h3>
          <p>{flagWords(flags)}</p>
          {flags.notes.map((note, index) => (
            <Quoted key={index} text={note} />
          ))}
        </section>
      )}
    </>
  )
}

function Quoted({ text }: { text: string }) {
  return (
    <blockquote class="voice" dir="auto">
      <Visible text={text} />
    </blockquote>
  )
}
