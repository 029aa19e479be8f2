import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { contentOf } from '../content.ts'
import { transition } from '../moderation/transition.ts'
import { digest, hmac } from '../secret.ts'
import * as comments from '../store/comments.ts'
import * as decisions from '../store/decisions.ts'
import * as sites from '../store/sites.ts'
import { root } from './layout.ts'

/** A comment as the files of `widget/demo/comments` have it. */
interface Said {
  name: string
  url?: string
  minutesAgo: number
  /** Paragraphs. */
  body: string[]
  /** Left to the moderators; every other one was approved. */
  waits?: true
  /** Time it was typed in; a minute unless told. */
  elapsedMs?: number
  replies?: Said[]
}

interface Place {
  data: string
  /** Where the server answers. */
  origin: string
  /** Nobody gets a token made with it, so these authors' comments are nobody's to change. */
  secret: string
}

const site = 'demo'
const pages = ['ja', 'en', 'lively']
const editor = { kind: 'operator', id: 'demo', name: 'demo' } as const

/**
 * Brings the demo site and its comments, once for each data folder. Killed half-way it goes on where
 * it stopped, since ids come from the text.
 */
export async function seed(db: D1Database, { data, origin, secret }: Place) {
  const mark = join(data, 'demo.json')
  if (await readFile(mark).catch(() => null)) return
  const now = Date.now()
  const origins = ['http://localhost:*', 'http://127.0.0.1:*']
  const by = { actor: editor, at: now }
  await sites.add(
    db,
    { id: site, name: '潮目テック / Tideline Tech', origins, locale: 'ja', policy: 'premoderate' },
    by,
  )
  for (const page of pages) {
    const html = await readFile(join(root, `widget/demo/${page}.html`), 'utf8')
    const title = html.match(/<title>(.*?)<\/title>/)?.[1] ?? page
    const thread = { key: `/demo/${page}`, url: `${origin}/demo/${page}`, title }
    const file = join(root, `widget/demo/comments/${page}.json`)
    for (const said of JSON.parse(await readFile(file, 'utf8')) as Said[])
      await add(db, { thread, now, secret }, said, null)
  }
  await writeFile(mark, JSON.stringify({ seeded: new Date(now) }))
}

async function add(
  db: D1Database,
  context: { thread: comments.Insertion['thread']; now: number; secret: string },
  said: Said,
  parentId: string | null,
) {
  const { thread, now, secret } = context
  const body = said.body.join('\n\n')
  const id = uuid(`${thread.key} ${parentId} ${said.name} ${body}`)
  const createdAt = now - said.minutesAgo * 60_000
  await comments.insert(db, {
    id,
    siteId: site,
    thread,
    parent: parentId === null ? null : await comments.answerable(db, site, parentId),
    author: {
      tokenHash: await digest(await hmac(secret, `demo author ${said.name}`)),
      publicId: uuid(said.name).slice(0, 12).replace('-', ''),
      name: said.name,
      email: null,
      url: said.url ?? null,
    },
    body,
    content: JSON.stringify(contentOf(body)),
    bodyHash: await digest(body),
    requestHash: await digest(id),
    elapsedMs: said.elapsedMs ?? 60_000,
    trapped: false,
    address: null,
    createdAt,
  })
  if (!said.waits) await approve(db, id, createdAt + 20 * 60_000)
  for (const reply of said.replies ?? []) await add(db, context, reply, id)
}

async function approve(db: D1Database, id: string, at: number) {
  const subject = await decisions.subject(db, id)
  if (subject?.status !== 'pending') return
  const outcome = transition(subject, 'approve')
  const decision = {
    id: uuid(`approve ${id}`),
    action: 'approve',
    actor: editor,
    reason: null,
    at,
    outcome,
  } as const
  await decisions.record(db, subject, decision)
}

/** A UUID that is always the same for the same text. */
function uuid(text: string) {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
