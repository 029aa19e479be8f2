import type { QueueItem } from '../../../worker/contract/queue.ts'
import { flagWords } from '../core/flags.ts'
import { formatMessage, words } from '../core/words.ts'
import { Appeal } from './Appeal.tsx'
import { Quoted } from './Quoted.tsx'

/** What its author says who asks for another look, and what readers say who flagged it. */
export function FlagsAndAppeal({ item }: { item: QueueItem }) {
  const { flags } = item
  const w = words('context')
  return (
    <>
      {item.appeal !== null && <Appeal key={item.id} item={item} />}
      {flags && (
        <section>
          <h2>{formatMessage(w.flags, { count: flags.count })}</h2>
          <p>{flagWords(flags)}</p>
          {flags.notes.map((note, index) => (
            <Quoted key={index} text={note} />
          ))}
        </section>
      )}
    </>
  )
}
