import { randomUUID } from 'node:crypto'
import type { Action } from '../../worker/contract/decisions.ts'
import type { Product } from '../server.ts'

/** The page that a conversation of the demo site is about. */
export interface Subject {
  key: string
  url: string
  title?: string
}

/** A comment as a reader writes it, and what others answer. */
export interface Said {
  name?: string
  body: string
  parentId?: string | null
  replies?: Said[]
}

/** Posts one comment as a reader of the demo site whom nobody knows; its id, once it waits. */
export async function post(product: Product, subject: Subject, said: Said): Promise<string> {
  const id = randomUUID()
  const { origin } = new URL(subject.url)
  const answer = await fetch(`${product.url}/v1/sites/demo/comments`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({
      id,
      ...subject,
      title: subject.title ?? 'Borrowed ground',
      parentId: said.parentId ?? null,
      author: { name: said.name ?? 'Mika' },
      body: said.body,
      elapsedMs: 20_000,
    }),
  })
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`)
  return id
}

/** Takes the same decision on comments that nobody has edited. */
export async function decide(
  product: Product,
  ids: string[],
  action: Action,
  reason?: string,
): Promise<void> {
  for (let done = 0; done < ids.length; done += 50) {
    const decisions = ids
      .slice(done, done + 50)
      .map((commentId) => ({ commentId, revision: 1, action, reason }))
    const answer = await product.api('POST', 'decisions', decisions)
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
  }
}

/** Posts comments with their replies, each after the one before, and approves them; their ids in that order. */
export async function converse(product: Product, subject: Subject, all: Said[]): Promise<string[]> {
  const ids: string[] = []
  for (const said of all) {
    const id = await post(product, subject, said)
    await decide(product, [id], 'approve')
    const replies = (said.replies ?? []).map((reply) => ({ ...reply, parentId: id }))
    ids.push(id, ...(await converse(product, subject, replies)))
  }
  return ids
}

/** Posts many roots at once and approves them; their ids in no order. */
export async function crowd(product: Product, subject: Subject, count: number): Promise<string[]> {
  const bodies = Array.from({ length: count }, (_, index) => `Voice number ${index + 1} of many.`)
  const ids = [await post(product, subject, { body: bodies.pop() as string })]
  for (let done = 0; done < bodies.length; done += 25) {
    const some = bodies.slice(done, done + 25).map((body) => post(product, subject, { body }))
    ids.push(...(await Promise.all(some)))
  }
  await decide(product, ids, 'approve')
  return ids
}
