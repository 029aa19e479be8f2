import { randomBytes, randomUUID } from 'node:crypto'
import { posix } from 'node:path'
import type { ThreadPage } from '../../worker/contract/thread.ts'
import type { Product } from '../server.ts'
import type { Entry } from './ledger.ts'

export const site = 'soak'
export const origin = 'http://localhost:4000'

/** What all acts work on. */
export interface World {
  product: Product
  ledger: Map<string, Entry>
  /** Ids of decisions that may be undone. */
  decisions: string[]
}

/** An act: it resolves with the status of its answer, or null where there was nothing to do; it rejects where none came. */
export type Act = (world: World) => Promise<number | null>

const pick = <One>(list: readonly One[]): One | undefined => list[Math.floor(Math.random() * list.length)]
const keys = Array.from({ length: 12 }, (_, index) => `/soak-${index}`)
const tokens = Array.from({ length: 60 }, () => randomBytes(32).toString('base64url'))
const words =
  'the old lighthouse map chart harbour 反響 灯台 地図 港 naïve 👩🏽‍🚀 "\\ <b> casino https://blog.example/'.split(
    ' ',
  )
const text = () => `${randomUUID()} ${Array.from({ length: 30 }, () => pick(words)).join(' ')}`
const one = (world: World) =>
  pick([...world.ledger.values()].slice(-400).filter(({ acknowledged }) => acknowledged))

const ask = ({ product }: World, method: string, path: string, token?: string, body?: unknown) =>
  fetch(`${product.url}${posix.join('/v1/sites', site, path)}`, {
    method,
    headers: {
      origin,
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  })

/** The status of an answer that is read to its end. */
const whole = async (answer: Response) => {
  await answer.arrayBuffer()
  return answer.status
}

/** Sends a comment, and again what was not acknowledged, as the widget's outbox does. */
async function send(world: World, parentId: string | null, key: string): Promise<number> {
  const token = pick(tokens) as string
  const body = text()
  const entry: Entry = { id: randomUUID(), key, token, bodies: [body], acknowledged: false, withdrawn: 'no' }
  world.ledger.set(entry.id, entry)
  const request = {
    ...{ id: entry.id, key, url: `${origin}${key}`, title: 'Soak', parentId, author: { name: 'Mika' } },
    ...{ body, elapsedMs: 9000 },
  }
  for (;;) {
    const status = await ask(world, 'POST', 'comments', token, request).then(whole, () => 0)
    entry.acknowledged = status === 202 || status === 200
    if (status !== 0 && status < 500) return status
    await world.product.restarted()
  }
}

export const acts: Record<string, Act> = {
  post: (world) => send(world, null, pick(keys) as string),
  reply: async (world) => {
    const parent = one(world)
    return parent ? send(world, parent.id, parent.key) : null
  },
  edit: async (world) => {
    const entry = one(world)
    if (entry?.withdrawn !== 'no') return null
    const revision = (await (await ask(world, 'GET', `comments/${entry.id}`, entry.token)).json()) as {
      comment?: { own: { revision: number } }
    }
    const body = text()
    entry.bodies.push(body)
    return whole(
      await ask(world, 'PATCH', `comments/${entry.id}`, entry.token, {
        body,
        revision: revision.comment?.own.revision ?? 1,
      }),
    )
  },
  withdraw: async (world) => {
    const entry = one(world)
    if (!entry) return null
    if (entry.withdrawn === 'no') entry.withdrawn = 'asked'
    const status = await whole(await ask(world, 'DELETE', `comments/${entry.id}`, entry.token))
    if (status < 300) entry.withdrawn = 'acknowledged'
    return status
  },
  like: async (world) => {
    const entry = one(world)
    return entry ? whole(await ask(world, 'PUT', `comments/${entry.id}/like`, pick(tokens))) : null
  },
  unlike: async (world) => {
    const entry = one(world)
    return entry ? whole(await ask(world, 'DELETE', `comments/${entry.id}/like`, pick(tokens))) : null
  },
  flag: async (world) => {
    const entry = one(world)
    return entry
      ? whole(await ask(world, 'POST', `comments/${entry.id}/flags`, pick(tokens), { reason: 'spam' }))
      : null
  },
  decide: async ({ product, decisions }) => {
    const tab = pick(['held', 'spam', 'flagged', 'all'])
    const page = (await (await product.api('GET', `queue?site=${site}&tab=${tab}&limit=20`)).json()) as {
      items: { id: string; revision: number }[]
    }
    const asked = page.items.map(({ id, revision }) => ({
      ...{ commentId: id, revision },
      action: pick(['approve', 'approve', 'approve', 'reject', 'spam', 'restore']),
    }))
    if (asked.length === 0) return null
    const answer = await product.api('POST', 'decisions', asked)
    const { results } = (await answer.json()) as { results?: { decisionId?: string }[] }
    for (const { decisionId } of results ?? []) if (decisionId) decisions.push(decisionId)
    return answer.status
  },
  undo: async ({ product, decisions }) => {
    const [id] = decisions.splice(Math.floor(Math.random() * decisions.length), 1)
    return id ? whole(await product.api('DELETE', `decisions/${id}`)) : null
  },
}

/** What an honest reader asks for: a page of a thread, and each next one. */
export async function read({ product }: World): Promise<number> {
  let cursor: string | null = ''
  let status = 200
  const key = pick(keys)
  for (let pages = 0; pages < 3 && cursor !== null && status === 200; pages++) {
    const query: string = cursor && `&cursor=${cursor}`
    const answer = await fetch(`${product.url}/v1/sites/${site}/thread?key=${key}${query}`)
    status = answer.status
    if (status === 200) cursor = ((await answer.json()) as ThreadPage).next
  }
  return status
}
