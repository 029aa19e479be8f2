import type { AuthorExport } from '../../../worker/contract/authorExport.ts'
import { exchangeText } from '../../common/exchangeText.ts'
import type { Connection } from './connection.ts'
import { folder } from './folder.ts'

/** All that is kept of an author, whose comments come in pages. */
export type AuthorFile = Omit<AuthorExport, 'next'>

/** All pages of an author's export as one. @param onPage is told how many comments came */
export async function everythingOf(
  connection: Connection,
  id: string,
  onPage: (comments: number) => void = () => {},
): Promise<AuthorFile> {
  const path = `/v1/authors/${encodeURIComponent(id)}/export`
  const { data: first } = await connection.ask<AuthorExport>('GET', path)
  const items = [...first.items]
  onPage(items.length)
  for (let next = first.next; next !== null; ) {
    const { data } = await connection.ask<AuthorExport>('GET', `${path}?cursor=${next}`)
    items.push(...data.items)
    onPage(items.length)
    next = data.next
  }
  const { next: _, ...rest } = first
  return { ...rest, items }
}

/** All parts of the same to read, as one Markdown text. */
export async function textOf(id: string): Promise<string> {
  const path = `${folder()}/v1/authors/${encodeURIComponent(id)}/export.md`
  let text = ''
  for (let query: string | null = ''; query !== null; ) {
    const [part, { headers }]: [string, Response] = await exchangeText(path + query)
    text += part
    query = /<(\?[^>]+)>\s*;\s*rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? null
  }
  return text
}

/** Saves a file. */
export function save(name: string, content: Blob) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Data as a file of JSON. */
export const jsonBlob = (data: unknown) =>
  new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' })
