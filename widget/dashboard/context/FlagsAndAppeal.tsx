import type { QueueItem } from '../../../worker/contract/queue.ts'
import { flagWords } from '../core/flags.ts'
import { formatMessage, words } from '../core/words.ts'
import { Visible } from '../ui/Visible.tsx'

/** What its author says who asks for another look, and what readers say who flagged it. */
export function FlagsAndAppeal({ item: { appeal, flags } }: { item: QueueItem }) {
  const w = words('context')
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
