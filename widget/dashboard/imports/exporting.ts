import { createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { ExportHead, ExportPart } from '../../../worker/contract/exports.ts'
import { exchangeText } from '../../common/exchangeText.ts'
import { detailOf } from '../core/connection.ts'
import { folder } from '../core/folder.ts'

/** Exports that come in parts: what is asked for until there is no more, and saved as one file. */
const Exporting = createModel(() => {
  const progress = signal<{ comments: number; all: number } | null>(null)
  const error = signal<ErrorDetail | null>(null)

  return {
    progress,
    error,
    /** Saves all of a site as lines of JSON. */
    async download(site: string, name: string) {
      error.value = null
      let [comments, all] = [0, 0]
      progress.value = { comments, all }
      try {
        const parts: Blob[] = []
        let cursor: string | null = ''
        while (cursor !== null) {
          const query: string = new URLSearchParams({ site, ...(cursor && { cursor }) }).toString()
          const text = await exchangeText(`${folder()}/v1/exports/hankyo.jsonl?${query}`)
          if (parts.length === 0) all = headOf(text).comments
          // Browsers keep a blob on the disk where it is large.
          parts.push(new Blob([text]))
          comments += commentsIn(text)
          progress.value = { comments, all }
          cursor = endOf(text).next
        }
        save(name, new Blob(parts, { type: 'application/x-ndjson' }))
      } catch (reason) {
        error.value = detailOf(reason)
      }
      progress.value = null
    },
  }
})

const headOf = (text: string): ExportHead => JSON.parse(text.slice(0, text.indexOf('\n'))).hankyo

const commentsIn = (text: string) => text.match(/^\{"comments":/gm)?.length ?? 0

/** The line that a part ends with. */
const endOf = (text: string): ExportPart =>
  JSON.parse(text.trimEnd().slice(text.trimEnd().lastIndexOf('\n') + 1)).part

function save(name: string, content: Blob) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** A desk's exports. */
export const exportingOf = () => new Exporting()
