import { createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { ExportPart } from '../../../worker/contract/exports.ts'
import { exchangeText } from '../../common/exchangeText.ts'
import { detailOf } from '../core/connection.ts'
import { folder } from '../core/folder.ts'

/** Exports that come in parts: what is asked for until there is no more, and saved as one file. */
const Exporting = createModel(() => {
  const progress = signal<{ file: string; bytes: number } | null>(null)
  const error = signal<ErrorDetail | null>(null)

  return {
    progress,
    error,
    /** Saves one of the files that a site leaves in. */
    async download(site: string, { file, name }: { file: string; name: string }) {
      error.value = null
      progress.value = { file: name, bytes: 0 }
      try {
        const parts: Blob[] = []
        let bytes = 0
        let type = ''
        let query: string | null = `?${new URLSearchParams({ site })}`
        while (query !== null) {
          const [text, { headers }]: [string, Response] = await exchangeText(
            `${folder()}/v1/exports/${file}${query}`,
          )
          // Browsers keep blobs on the disk where they are large.
          const part = new Blob([text])
          parts.push(part)
          bytes += part.size
          progress.value = { file: name, bytes }
          type = headers.get('content-type') ?? ''
          query = file.endsWith('.jsonl') ? queryAfter(text, site) : queryIn(headers.get('link'))
        }
        save(name, new Blob(parts, { type }))
      } catch (reason) {
        error.value = detailOf(reason)
      }
      progress.value = null
    },
  }
})

/** What to ask for next, as the last of a part's lines says it; null after the last part. */
function queryAfter(text: string, site: string): string | null {
  const lines = text.trimEnd()
  const { next }: ExportPart = JSON.parse(lines.slice(lines.lastIndexOf('\n') + 1)).part
  return next === null ? null : `?${new URLSearchParams({ site, cursor: next })}`
}

/** The same, as a `Link` says it. */
const queryIn = (link: string | null): string | null =>
  /<(\?[^>]+)>\s*;\s*rel="next"/.exec(link ?? '')?.[1] ?? null

function save(name: string, content: Blob) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** A desk's exports. */
export const exportingOf = () => new Exporting()
