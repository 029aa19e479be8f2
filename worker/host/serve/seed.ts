import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { guest } from '../../../widget/demo/guest.ts'
import { decide } from '../../commands/decide.ts'
import { giveBadge } from '../../commands/giveBadge.ts'
import { type NewPost, postComment } from '../../commands/postComment.ts'
import type { World } from '../../commands/world.ts'
import type { RejectionReason } from '../../contract/decisions.ts'
import { isRegistered } from '../../contract/origin.ts'
import type { Site } from '../../contract/site.ts'
import { digest, hmac } from '../../crypto.ts'
import type { Env } from '../../env.ts'
import { Refusal } from '../../http/refusal.ts'
import * as subjects from '../../store/decidedComments.ts'
import * as sites from '../../store/sites.ts'
import { root } from '../paths.ts'

/** A comment as the files of `widget/demo/comments` have it. */
interface Said {
  name: string
  url?: string
  /** Given to the author by staff. */
  badge?: string
  minutesAgo: number
  /** Paragraphs. */
  body: string[]
  /** Its id, where it is one of the guest's. */
  guest?: string
  /** Left to the moderators; every other one was approved, or rejected. */
  waits?: true
  /** The reason for which it was rejected. */
  rejects?: RejectionReason
  /** Time it was typed in; a minute unless told. */
  elapsedMs?: number
  replies?: Said[]
}

/** One of the comments that wait for whoever tries the dashboard. */
interface Waiting extends Omit<Said, 'waits' | 'rejects' | 'replies'> {
  page: string
  /** What a moderator would call it; nothing here reads it. */
  spam?: true
}

export interface Place {
  /** Where readers find the server, without a slash at the end. */
  host: string
  /** Nobody gets a token made with it, so these authors' comments are nobody's to change, but the guest's. */
  secret: string
}

type Thread = Pick<NewPost, 'key' | 'url' | 'title'>

interface Context {
  world: World
  site: Site
  thread: Thread
}

const id = 'demo'
const pages = ['ja', 'en', 'lively']
/** Comments that are posted at once: what they ask of the database then goes in few round trips. */
const together = 20
const editor = { kind: 'operator', id: 'demo', name: 'demo' } as const

/**
 * Brings the demo site and its comments, as people would have posted them up to `now`, in milliseconds since the epoch.
 * Killed half-way it goes on where it stopped, since ids come from the text.
 */
export async function seed(db: D1Database, { host, secret }: Place, now: number) {
  const local = ['http://localhost:*', 'http://127.0.0.1:*']
  const { origin } = new URL(host)
  const origins = isRegistered(origin, local) ? local : [...local, origin]
  const name = '潮目テック / Tideline Tech'
  await sites.add(db, { id, name, origins, locale: 'ja', policy: 'trusted' }, { actor: editor, at: now })
  const site = (await sites.find(db, id)) as Site
  const threads = Object.fromEntries(
    await Promise.all(pages.map(async (page) => [page, await threadOf(page, host)] as const)),
  )
  const world = worldOf(db, secret, now)
  const waiting = await read<Waiting>('waiting')
  for (let from = 0; from < waiting.length; from += together)
    await Promise.all(
      waiting
        .slice(from, from + together)
        .map((said) => post({ world, site, thread: threads[said.page] as Thread }, said, null)),
    )
  await Promise.all(
    Object.entries(threads).map(async ([page, thread]) => {
      for (const said of await read<Said>(page)) await add({ world, site, thread }, said, null)
    }),
  )
}

/** Nobody is told of the demo's comments; the first sweep has those screened that wait. */
const worldOf = (db: D1Database, secret: string, now: number): World => ({
  env: { DB: db, TOKEN_SECRET: secret } as Env,
  db,
  now,
  defer: () => {},
  happened: [],
})

async function threadOf(page: string, host: string): Promise<Thread> {
  const html = await readFile(join(root, `widget/demo/${page}.html`), 'utf8')
  const title = html.match(/<title>(.*?)<\/title>/)?.[1] ?? page
  const url = `${host}/demo/${page}`
  return { key: new URL(url).pathname, url, title }
}

async function read<Item>(name: string): Promise<Item[]> {
  return JSON.parse(await readFile(join(root, `widget/demo/comments/${name}.json`), 'utf8'))
}

async function add(context: Context, said: Said, parentId: string | null) {
  const made = await post(context, said, parentId)
  if (!said.waits) await settle(context.world, made, said.rejects)
  if (said.badge && made.authorId) {
    const gift = { authorId: made.authorId, badge: said.badge, actor: editor }
    await giveBadge({ ...context.world, now: made.at }, gift)
  }
  for (const reply of said.replies ?? []) await add(context, reply, made.id)
}

interface Made {
  id: string
  /** Milliseconds since the epoch. */
  at: number
  /** The author's public id; not known of a comment that another start brought. */
  authorId: string | undefined
}

async function post(
  { world, site, thread }: Context,
  said: Omit<Said, 'waits' | 'rejects' | 'replies'>,
  parentId: string | null,
): Promise<Made> {
  const { now, env } = world
  const body = said.body.join('\n\n')
  const id = said.guest ?? uuid(`${thread.key} ${parentId} ${said.name} ${body}`)
  const at = now - said.minutesAgo * 60_000
  const token = said.guest ? guest.token : await hmac(env.TOKEN_SECRET, `demo author ${said.name}`)
  const sender = { token, hash: await digest(token), author: null, networks: [], hashes: null }
  const author = { name: said.name, email: null, url: said.url ?? null }
  const elapsedMs = said.elapsedMs ?? 60_000
  const comment = { ...thread, id, parentId, author, body, elapsedMs, trap: '' }
  const made = await postComment({ ...world, now: at }, { site, sender, comment, quota: null }).catch(
    unlessThere,
  )
  return { id, at, authorId: made?.posted.comment.author.id }
}

/** What was brought by a start that was killed may name another port. */
function unlessThere(error: unknown): undefined {
  if (!(error instanceof Refusal) || error.code !== 'id_taken') throw error
}

/** Approves a comment, or rejects it for a reason. */
async function settle(
  world: World,
  { id, at }: Pick<Made, 'id' | 'at'>,
  rejects: RejectionReason | undefined,
) {
  const subject = await subjects.byId(world.db, id)
  if (subject?.status !== 'pending') return
  const ruling = { subject, action: rejects ? 'reject' : 'approve', reason: rejects ?? null } as const
  await decide({ ...world, now: at + 20 * 60_000 }, editor, [ruling])
}

/** A UUID that is always the same for the same text. */
function uuid(text: string) {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
