import { useSignal } from '@preact/signals'
import type { Author } from '../../../worker/contract/authors.ts'
import { everythingOf, jsonBlob, save } from '../core/authorFile.ts'
import { detailOf } from '../core/connection.ts'
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
      save(`author-${author.id}.json`, jsonBlob(await everythingOf(connection, author.id)))
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
