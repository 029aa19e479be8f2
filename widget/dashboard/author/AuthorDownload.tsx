import { useSignal } from '@preact/signals'
import type { AuthorExport } from '../../../worker/contract/authorExport.ts'
import type { Author } from '../../../worker/contract/authors.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { held } from '../core/held.ts'
import { failedNotice } from '../core/notices.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'

/** For owners: a file with all that is kept of an author, for them to be handed. */
export function AuthorDownload({ author }: { author: Author }) {
  const { connection, acts } = useDesk()
  const loading = useSignal(false)
  const w = words('author')

  async function download() {
    loading.value = true
    try {
      save(`author-${author.id}.json`, await everythingOf(connection, author.id))
    } catch (reason) {
      acts.say(
        failedNotice(
          (told) => formatMessage(words('author').notDownloaded, { error: told }),
          detailOf(reason),
        ),
      )
    }
    loading.value = false
  }

  return (
    <button type="button" class="plain" onClick={download} {...held(loading.value)}>
      {loading.value ? words().opening : w.download}
    </button>
  )
}

/** All pages of an author's export as one. */
async function everythingOf(connection: Connection, id: string): Promise<Omit<AuthorExport, 'next'>> {
  const path = `/v1/authors/${encodeURIComponent(id)}/export`
  const { data: first } = await connection.ask<AuthorExport>('GET', path)
  const items = [...first.items]
  for (let next = first.next; next !== null; ) {
    const { data } = await connection.ask<AuthorExport>('GET', `${path}?cursor=${next}`)
    items.push(...data.items)
    next = data.next
  }
  return { author: first.author, notes: first.notes, items }
}

function save(name: string, data: unknown) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
