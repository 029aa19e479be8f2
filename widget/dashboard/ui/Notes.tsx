import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Note } from '../../../worker/contract/notes.ts'
import type { Page } from '../../../worker/contract/page.ts'
import { detailOf } from '../core/connection.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { AskedButton } from './AskedButton.tsx'
import { NoteField } from './NoteField.tsx'
import { Time } from './Time.tsx'
import { Visible } from './Visible.tsx'

interface Props {
  /** What they are about, as the API's paths have it: `comments/ID` or `authors/ID`. */
  about: string
  /** The site that they are of. */
  siteId: string
  title: string
  /** How deep its heading stands on the page. */
  level?: 2 | 3
}

/** What staff noted for staff, and a field to note more. */
export function Notes({ about, siteId, title, level = 3 }: Props) {
  const Heading: 'h2' | 'h3' = `h${level}`
  const { connection, queue } = useDesk()
  const notes = useSignal<Note[] | null>(null)
  const error = useSignal<ErrorDetail | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const path = `/v1/${about}/notes`
  const w = words('notes')

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      error.value = null
      return true
    } catch (reason) {
      error.value = detailOf(reason)
      return false
    }
  }

  const load = () =>
    attempt(async () => {
      notes.value = (await connection.ask<Page<Note>>('GET', path)).data.items
    })
  useEffect(() => {
    notes.value = null
    load()
  }, [path])

  const add = (note: { id: string; body: string }) =>
    attempt(async () => {
      const { data } = await connection.ask<Note>('POST', path, { body: note })
      notes.value = [data, ...(notes.peek() ?? []).filter(({ id }) => id !== data.id)]
      queue.refresh()
    })
  const remove = (id: string) =>
    attempt(async () => {
      await connection.ask('DELETE', `${path}/${id}`)
      notes.value = (notes.peek() ?? []).filter((note) => note.id !== id)
      heading.current?.focus()
      queue.refresh()
    })

  return (
    <section class="notes">
      <Heading ref={heading} tabIndex={-1}>
        {title}
      </Heading>
      <NewNote siteId={siteId} add={add} />
      {error.value && (
        <p role="alert">
          {formatMessage(w.failed, { error: errorWords(error.value) })}{' '}
          {notes.value === null && (
            <button type="button" class="plain" onClick={load}>
              {words().tryAgain}
            </button>
          )}
        </p>
      )}
      <ul>
        {notes.value?.map((note) => (
          <li key={note.id}>
            <p class="said" dir="auto">
              <Visible text={note.body} />
            </p>
            <p class="quiet">
              <bdi>{note.by.name}</bdi> · <Time at={note.at} />
            </p>
            {note.removable && (
              <AskedButton
                label={w.remove}
                name={formatMessage(w.removeOf, { name: note.by.name })}
                question={w.sure}
                cancel={w.keep}
                act={() => remove(note.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The field for a note; its text stays until it is kept. */
function NewNote({
  siteId,
  add,
}: {
  siteId: string
  add: (note: { id: string; body: string }) => Promise<boolean>
}) {
  const text = useSignal('')
  const id = useRef(crypto.randomUUID())
  const sending = useSignal(false)
  const w = words('notes')

  async function send(event: Event) {
    event.preventDefault()
    const body = text.peek().trim()
    if (!body || sending.peek()) return
    sending.value = true
    if (await add({ id: id.current, body })) {
      text.value = ''
      id.current = crypto.randomUUID()
    }
    sending.value = false
  }

  return (
    <form class="note-form" onSubmit={send}>
      <NoteField text={text} siteId={siteId} label={w.label} send={send} />
      {text.value.trim() && (
        <button type="submit" {...held(sending.value)}>
          {w.save}
        </button>
      )}
    </form>
  )
}
