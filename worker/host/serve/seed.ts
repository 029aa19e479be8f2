import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { contentOf } from '../../../widget/common/markdown.ts'
import { digest, hmac } from '../../crypto.ts'
import { transition } from '../../moderation/transition.ts'
import * as comments from '../../store/comments.ts'
import * as subjects from '../../store/decidedComments.ts'
import * as decisions from '../../store/decisions.ts'
import { noDeliveries } from '../../store/outbox.ts'
import * as sites from '../../store/sites.ts'
import { root } from '../paths.ts'

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

/** One of the comments that wait for whoever tries the dashboard. */
interface Waiting extends Omit<Said, 'waits' | 'replies'> {
  page: string
  /** What a moderator would call it; nothing here reads it. */
  spam?: true
}

interface Place {
  data: string
  /** Where the server answers. */
  origin: string
  /** Nobody gets a token made with it, so these authors' comments are nobody's to change. */
  secret: string
}

type Thread = comments.Insertion['thread']

interface Context {
  thread: Thread
  now: number
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
    { id: site, name: '潮目テック / Tideline Tech', origins, locale: 'ja', policy: 'trusted' },
    by,
  )
  const threads = Object.fromEntries(
    await Promise.all(pages.map(async (page) => [page, await threadOf(page, origin)] as const)),
  )
  const waiting = await read<Waiting>('waiting')
  await comments.insertAll(
    db,
    await Promise.all(
      waiting.map((said) => insertion({ thread: threads[said.page] as Thread, now, secret }, said, null)),
    ),
  )
  for (const [page, thread] of Object.entries(threads))
    for (const said of await read<Said>(page)) await add(db, { thread, now, secret }, said, null)
  await writeFile(mark, JSON.stringify({ seeded: new Date(now) }))
}

async function threadOf(page: string, origin: string): Promise<Thread> {
  const html = await readFile(join(root, `widget/demo/${page}.html`), 'utf8')
  const title = html.match(/<title>(.*?)<\/title>/)?.[1] ?? page
  return { key: `/demo/${page}`, url: `${origin}/demo/${page}`, title }
}

async function read<Item>(name: string): Promise<Item[]> {
  return JSON.parse(await readFile(join(root, `widget/demo/comments/${name}.json`), 'utf8'))
}

async function add(db: D1Database, context: Context, said: Said, parentId: string | null) {
  const parent = parentId === null ? null : await comments.answerable(db, site, parentId)
  const comment = await insertion(context, said, parent)
  await comments.insert(db, comment, noDeliveries)
  if (!said.waits) await approve(db, comment.id, comment.createdAt + 20 * 60_000)
  for (const reply of said.replies ?? []) await add(db, context, reply, comment.id)
}

async function insertion(
  { thread, now, secret }: Context,
  said: Omit<Said, 'waits' | 'replies'>,
  parent: comments.Insertion['parent'],
): Promise<comments.Insertion> {
  const body = said.body.join('\n\n')
  const id = uuid(`${thread.key} ${parent?.id ?? null} ${said.name} ${body}`)
  return {
    id,
    siteId: site,
    thread,
    parent,
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
    createdAt: now - said.minutesAgo * 60_000,
  }
}

async function approve(db: D1Database, id: string, at: number) {
  const subject = await subjects.byId(db, id)
  if (subject?.status !== 'pending') return
  const outcome = transition(subject, 'approve')
  const decision = {
    id: uuid(`approve ${id}`),
    action: 'approve',
    actor: editor,
    reason: null,
    at,
    outcome,
    deliveries: noDeliveries,
  } as const
  await decisions.record(db, subject, decision)
}

/** A UUID that is always the same for the same text. */
function uuid(text: string) {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
