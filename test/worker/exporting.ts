import { expect } from 'vitest'
import type { ExportPart } from '../../worker/contract/exports.ts'
import { approved, asOperator, call, decided, posted } from './product.ts'
import type { Ask } from './staffed.ts'

export type Line = Record<string, Record<string, unknown>>

/** All parts of an export, each as it came. */
export async function partsOf(query = '', ask: Ask = asOperator): Promise<string[]> {
  const parts: string[] = []
  for (let cursor = ''; ; ) {
    const answer = await ask('GET', `/v1/exports/hankyo.jsonl?${query}${cursor && `&cursor=${cursor}`}`)
    expect(answer.status).toBe(200)
    parts.push(await textOf(answer))
    const { next } = partIn(parts.at(-1) as string)
    if (next === null) return parts
    cursor = next
  }
}

/** The text of an answer whose media type does not say that it is one. */
export const textOf = async (answer: Response | Promise<Response>) =>
  new TextDecoder().decode(await (await answer).arrayBuffer())

export const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

export const partIn = (text: string) => linesOf(text).at(-1)?.part as unknown as ExportPart

/** Rows of a table in an export. */
export const rowsIn = (parts: string[], table: string) =>
  parts.flatMap(linesOf).flatMap((line) => (line[table] ? [line[table]] : []))

/** Comments with something in every place that they leave traces in. */
export async function lived() {
  const { comment: one, token } = await approved({
    body: 'A link to https://linked.example',
    author: { name: 'Mika', email: 'mika@mail.example' },
  })
  await approved({ parentId: one.id, body: 'An answer' })
  await decided((await posted({ body: 'Buy now' })).comment.id, 'spam')
  await call('PATCH', `/v1/sites/blog/comments/${one.id}`, {
    token,
    body: { body: 'Said better', revision: 1 },
  })
  const reader = { token: 'reader-token-0123456789abcdefghij' }
  await call('PUT', `/v1/sites/blog/comments/${one.id}/like`, reader)
  await call('POST', `/v1/sites/blog/comments/${one.id}/flags`, { ...reader, body: { reason: 'spam' } })
  const note = await asOperator('POST', `/v1/comments/${one.id}/notes`, {
    id: crypto.randomUUID(),
    body: 'Known to us',
  })
  expect(note.status, await note.text()).toBe(201)
  return { id: one.id, token }
}
