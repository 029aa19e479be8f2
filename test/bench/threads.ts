import { createHash, randomUUID } from 'node:crypto'
import type { D1Database } from '@cloudflare/workers-types'
import { contentOf } from '../../widget/common/markdown.ts'
import * as comments from '../../worker/store/comments.ts'
import { batch, sql } from '../../worker/store/database.ts'
import * as sites from '../../worker/store/sites.ts'
import { made } from './texts.ts'
import { turns } from './turns.ts'

/** The site as `article.ts` embeds it. */
export const site = 'demo'

/** Threads by how many comments they have. */
export const sizes = [100, 1000, 10_000]
/** The key of the thread of so many comments. */
export const keyOf = (size: number) => `/threads/${size}`

/** A thread of 100 among others like it. */
export const alikeOf = (turn: number | '{turn}') => `/threads/alike/${turn}`

const alike = Array.from({ length: turns }, (_, turn) => alikeOf(turn))

/** The first page of a thread, as the embed asks for it. */
export const firstPage = (key: string) =>
  `/v1/sites/${site}/thread?key=${key.replaceAll('/', '%2F')}&sort=oldest`

/** A thread of 100 that is written to. */
export const busy = '/threads/busy'

/** Whose pages the comments are on. */
export const pageOrigin = 'http://127.0.0.1:8000'

/** How many of ten comments in a row answer the root before them: each has one reply on average. */
const replies = [0, 3, 0, 2, 0]
const authors = 50
const chunk = 100

/** Makes the site and its threads in an empty database; every comment is shown. */
export async function fill(db: D1Database): Promise<void> {
  const actor = { kind: 'operator', id: 'bench', name: 'bench' } as const
  const origins = ['http://127.0.0.1:*']
  await sites.add(db, { id: site, name: 'Bench', origins, locale: 'en', policy: 'trusted' }, { actor, at: 1 })
  const hundreds = [busy, ...alike].map((key) => threadOf(key, 100))
  const all = [...sizes.map((size) => threadOf(keyOf(size), size)), ...hundreds].flat()
  const numbered = all.map((make, at) => make(at + 1))
  for (let at = 0; at < numbered.length; at += chunk)
    await comments.insertAll(db, numbered.slice(at, at + chunk))
  await batch(db, shown(db))
}

type Make = (seq: number) => comments.Insertion

/** The comments of a thread, to be numbered in the order in which an empty database numbers them. */
function threadOf(key: string, size: number): Make[] {
  const makes: Make[] = []
  for (let group = 0; makes.length < size; group++) {
    const [id, answers] = [randomUUID(), replies[group % replies.length] ?? 0]
    makes.push((seq) => comment(key, { id, seq }))
    for (let back = 1; back <= answers; back++)
      makes.push((seq) =>
        comment(key, { id: randomUUID(), seq, parent: { id, seq: seq - back, rootSeq: seq - back } }),
      )
  }
  return makes.slice(0, size)
}

const texts = made().filter(({ label }) => label === 'fine')
const text = (seq: number) => texts[seq % texts.length]?.body ?? ''

function comment(
  key: string,
  { id, seq, parent = null }: { id: string; seq: number; parent?: comments.Insertion['parent'] },
): comments.Insertion {
  const body = `${text(seq)} *${text(seq * 7)}*\n\nNumber ${seq}.`
  const author = seq % authors
  return {
    id,
    siteId: site,
    thread: { key, url: `${pageOrigin}${key}`, title: `Article ${key}` },
    parent,
    author: {
      tokenHash: hash(`author ${author}`),
      publicId: hash(`author ${author}`).slice(0, 12),
      name: `Reader ${author}`,
      email: null,
      url: null,
    },
    body,
    content: JSON.stringify(contentOf(body)),
    bodyHash: hash(body),
    requestHash: hash(id),
    elapsedMs: 60_000,
    trapped: false,
    address: null,
    createdAt: Date.now() - 86_400_000 + seq * 1000,
  }
}

const hash = (value: string) => createHash('sha256').update(value).digest('hex')

/** What approving every comment comes to, in a few statements rather than some for each. */
const shown = (db: D1Database) => [
  sql(
    db,
    `UPDATE comments SET status = 'approved', shown_revision = 1, verdict = 'approve', shown_version = seq`,
  ),
  sql(
    db,
    `UPDATE comments SET (branch_count, reply_count) =
       (SELECT count(*), count(*) FROM comments r WHERE r.root_seq = comments.seq AND r.shown_revision IS NOT NULL)
     WHERE root_seq IS NULL`,
  ),
  sql(
    db,
    `UPDATE threads SET (count, version, url, title) =
       (SELECT count(*), max(seq), max(page_url), max(page_title) FROM comments WHERE thread_id = threads.id)`,
  ),
  sql(db, 'UPDATE tallies SET held = 0'),
]
