import { randomBytes, randomUUID } from 'node:crypto'
import { confirming } from '../../confirming.ts'
import type { Product } from '../../server.ts'

export const site = 'soak'
const origin = 'http://localhost:4000'

/** A comment, and what is to become of it. */
export interface Entry {
  id: string
  key: string
  /** Where its author wants to be told what becomes of it. */
  address: string
  /** When its approval was asked for, as the data has it; null before. */
  approvedAt: number | null
  isUndone: boolean
}

const ask = async (product: Product, path: string, body: unknown, headers: Record<string, string>) => {
  const answer = await fetch(`${product.url}${path}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`)
  return answer
}

const asReader = () => ({
  ...{ origin, 'content-type': 'application/json' },
  authorization: `Bearer ${randomBytes(32).toString('base64url')}`,
})

/** The JSON that the operator is answered with. */
export async function asOperator<Answer>(product: Product, method: string, path: string, body?: unknown) {
  const answer = await product.api(method, path, body)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`)
  return (text ? JSON.parse(text) : null) as Answer
}

/** Posts a comment whose author wants to be told what becomes of it. */
export async function post(product: Product, key: string, address: string): Promise<Entry> {
  const id = randomUUID()
  await ask(
    product,
    `/v1/sites/${site}/comments`,
    {
      ...{ id, key, url: `${origin}${key}`, title: `Page ${key}`, locale: 'en', elapsedMs: 20_000 },
      ...{ author: { name: 'Mika', email: address }, subscribe: ['fate'] },
      body: `The old map, ${id}, had the lighthouse on the wrong side.`,
    },
    asReader(),
  )
  return { id, key, address, approvedAt: null, isUndone: false }
}

/** Has an address told of all that is new in a thread. */
export const follow = (product: Product, key: string, email: string) =>
  ask(
    product,
    `/v1/sites/${site}/subscriptions`,
    { email, key, url: `${origin}${key}`, kinds: ['thread'], locale: 'en' },
    asReader(),
  )

/** Follows the link of a letter that asks whether mail is wanted, and says that it is. */
export async function confirm(product: Product, letter: string): Promise<void> {
  const [path] = /\/s\/[\w.-]+/.exec(letter.replaceAll('\u2060', '')) ?? []
  if (!path) throw new Error(`no link in ${letter}`)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const body of confirming(await (await fetch(`${product.url}${path}`)).text()))
    await ask(product, path, body, headers)
}

/** Approves comments. @returns the ids of the decisions */
export async function approve(product: Product, entries: Entry[]): Promise<string[]> {
  const asked = entries.map(({ id }) => ({ commentId: id, revision: 1, action: 'approve' }))
  const { results } = await asOperator<{ results: { decisionId?: string }[] }>(
    product,
    'POST',
    'decisions',
    asked,
  )
  return results.map(({ decisionId }) => {
    if (!decisionId) throw new Error('a comment could not be approved')
    return decisionId
  })
}

/** Does something with each of many, some at a time. */
export async function each<One>(many: One[], act: (one: One) => Promise<unknown>): Promise<void> {
  const left = [...many]
  const worker = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await act(one)
  }
  await Promise.all(Array.from({ length: 6 }, worker))
}
