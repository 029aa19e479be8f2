import type { ImportedComment, ImportView, SliceResult } from '../../worker/contract/imports.ts'
import { asOperator, json } from './product.ts'

/** A comment as an import sends it. */
export const imported = (more: Partial<ImportedComment> = {}): ImportedComment => ({
  id: crypto.randomUUID(),
  parentId: null,
  key: '/old',
  author: { id: '00000000000000000000000000000001', name: 'Aiko', email: null, url: null, staffId: null },
  body: `Said long ago, ${crypto.randomUUID()}.`,
  createdAt: '2015-04-01T10:00:00.000Z',
  editedAt: null,
  status: 'approved',
  decided: false,
  likes: 0,
  pinned: false,
  ...more,
})

/** Begins an import into a site. */
export const begun = (site = 'blog', id: string = crypto.randomUUID()) =>
  json<ImportView>(
    asOperator('POST', '/v1/imports', { id, site, format: 'wxr', file: 'old.xml', total: 10 }),
    201,
  )

/** Sends a slice, with a thread for each key that its comments name. */
export const slice = (id: string, comments: ImportedComment[], threads: Record<string, unknown>[] = []) =>
  asOperator('POST', `/v1/imports/${id}/slices`, {
    threads: [
      ...[...new Set(comments.map(({ key }) => key))]
        .filter((key) => !threads.some((thread) => thread.key === key))
        .map((key) => ({ key, url: `https://blog.example${key}`, title: `Page ${key}`, closed: false })),
      ...threads,
    ],
    comments,
  })

/** Brings comments by an import of their own, which is ended. */
export async function brought(comments: ImportedComment[]): Promise<ImportView & SliceResult> {
  const { id } = await begun()
  const result = await json<SliceResult>(slice(id, comments))
  const ended = await json<ImportView>(asOperator('PATCH', `/v1/imports/${id}`, { state: 'done' }))
  return { ...ended, ...result }
}
