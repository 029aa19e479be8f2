import * as v from 'valibot'
import { contentOf } from '../../../widget/common/markdown.ts'
import {
  addressHash,
  allowOrigin,
  bearer,
  type Ctx,
  limitRate,
  refuseBanned,
  siteOf,
} from '../../access/identity.ts'
import { requireProof } from '../../access/proof.ts'
import type { Comment, Posted } from '../../contract/comment.ts'
import { limits } from '../../contract/limits.ts'
import type { Site } from '../../contract/site.ts'
import { digest, hmac } from '../../crypto.ts'
import { publish } from '../../events/publish.ts'
import {
  line,
  mailAddress,
  optional,
  paragraphs,
  parse,
  readJson,
  uuid,
  visible,
  webAddress,
  website,
} from '../../http/input.ts'
import { isRegistered } from '../../http/origin.ts'
import { Refusal } from '../../http/refusal.ts'
import { deliveries } from '../../notify/destinations.ts'
import { ownView } from '../../queries/view.ts'
import * as authors from '../../store/authors.ts'
import * as comments from '../../store/comments.ts'
import * as threads from '../../store/threads.ts'
import { threadKey } from '../reader/thread.ts'
import { worldOf } from '../world.ts'

const schema = (site: Site) =>
  v.object({
    id: uuid,
    key: threadKey,
    url: webAddress,
    title: v.pipe(
      paragraphs(limits.title),
      v.transform((title) => title.replace(/[\p{Cc}\s]+/gu, ' ').trim()),
    ),
    parentId: v.nullish(uuid),
    author: v.object({
      name: v.pipe(line(limits.name), visible),
      email: optional(mailAddress),
      url: optional(website(webAddress)),
    }),
    body: v.pipe(paragraphs(site.settings.bodyLimit), visible),
    elapsedMs: v.pipe(v.number(), v.finite('invalid'), v.minValue(0, 'invalid')),
    trap: v.optional(paragraphs(limits.body), ''),
    proof: v.optional(v.unknown()),
  })

type Input = v.InferOutput<ReturnType<typeof schema>>

/** `POST /v1/sites/:site/comments`: stores a comment and queues it for screening. */
export async function postComment(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  allowOrigin(c, site)
  const { posted, status } = await acceptComment(c, site, {
    token: bearer(c),
    read: () => readJson(c.req.raw),
  })
  return c.json(posted, status)
}

/** What came of a comment: stored (202), or there already (200). */
interface Accepted {
  posted: Posted
  status: 200 | 202
}

/**
 * Stores a comment and queues it for screening, whichever way it came.
 *
 * @param read gives what was sent, unchecked, once the sender may send
 * @throws Refusal for whatever keeps it from being stored
 */
export async function acceptComment(
  c: Ctx,
  site: Site,
  { token, read }: { token: string | null; read: () => Promise<unknown> },
): Promise<Accepted> {
  const now = Date.now()
  const tokenHash = token && (await digest(token))
  const author = tokenHash === null ? null : await authors.find(c.env.DB, site.id, tokenHash)
  await limitRate(c, site, async () => (author?.vouched ?? 0) > 0)
  const input = parse(schema(site), await read())
  const repeated = await repeatedPost(c, site, input, tokenHash)
  if (repeated) return repeated
  if (!isRegistered(new URL(input.url).origin, site.origins))
    throw new Refusal('wrong_origin', { field: 'url', message: 'This address is not one of the site’s.' })
  await refuseBanned(c, site, author?.publicId ?? null, now)

  const made = token ?? (await derivedToken(c, input.id))
  const insertion: comments.Insertion = {
    id: input.id,
    siteId: site.id,
    thread: { key: input.key, url: input.url, title: input.title },
    parent: await parentOf(c, site, input),
    author: {
      ...input.author,
      tokenHash: tokenHash ?? (await digest(made)),
      publicId: author?.publicId ?? crypto.randomUUID().slice(0, 13).replace('-', ''),
    },
    body: input.body,
    content: JSON.stringify(contentOf(input.body)),
    bodyHash: await bodyHash(input.body),
    requestHash: await requestHash(site, input),
    elapsedMs: Math.round(Math.min(input.elapsedMs, Number.MAX_SAFE_INTEGER)),
    trapped: input.trap !== '',
    address: await addressHash(c, now),
    createdAt: now,
  }
  const thread = await threads.find(c.env.DB, site.id, input.key)
  if (thread?.closedAt) throw new Refusal('thread_closed')
  if (!author?.vouched) await requireProof(c.env, site, input.id, input.proof)
  const event = await comments.insert(c.env.DB, insertion, deliveries)
  if (!event) {
    const raced = await repeatedPost(c, site, input, tokenHash)
    if (raced) return raced
    throw new Refusal('thread_closed')
  }
  publish(worldOf(c), [event])
  const comment = await acknowledged(c, site, input.id, insertion.author.tokenHash, now)
  return { posted: token ? { comment } : { comment, token: made }, status: 202 }
}

/** The answer to a comment whose id is there already, or null when it is new. */
async function repeatedPost(
  c: Ctx,
  site: Site,
  input: Input,
  tokenHash: string | null,
): Promise<Accepted | null> {
  const receipt = await comments.receipt(c.env.DB, input.id)
  if (!receipt) return null
  if (receipt.requestHash !== (await requestHash(site, input))) throw new Refusal('id_taken', { field: 'id' })
  if (tokenHash === receipt.tokenHash)
    return there({ comment: await acknowledged(c, site, input.id, tokenHash, Date.now()) })
  const derived = await derivedToken(c, input.id)
  // Until it is first decided the id is known to nobody but its author, so that having it proves enough.
  if (tokenHash === null && receipt.undecided === 1 && (await digest(derived)) === receipt.tokenHash) {
    const comment = await acknowledged(c, site, input.id, receipt.tokenHash, Date.now())
    return there({ comment, token: derived })
  }
  return there({ comment: receiptView(input, receipt) })
}

const there = (posted: Posted): Accepted => ({ posted, status: 200 })

/** What anyone may be told who sends the same again: what they sent, whatever has become of it. */
function receiptView(input: Input, receipt: comments.Receipt): Comment {
  return {
    id: input.id,
    parentId: input.parentId ?? null,
    author: { id: '', name: input.author.name, url: input.author.url },
    content: contentOf(input.body),
    createdAt: new Date(receipt.createdAt).toISOString(),
    editedAt: null,
    likes: 0,
    replies: { count: 0, next: null },
    own: { status: 'pending', body: input.body, revision: 1, editableUntil: null },
  }
}

async function acknowledged(
  c: Ctx,
  site: Site,
  id: string,
  tokenHash: string,
  now: number,
): Promise<Comment> {
  const row = await comments.own(c.env.DB, site.id, id, tokenHash)
  if (!row) throw new Refusal('id_taken', { field: 'id' })
  return ownView(row, site.settings, now)
}

/** A shown comment of the same thread, where the input names one. */
async function parentOf(c: Ctx, site: Site, input: Input): Promise<comments.Insertion['parent']> {
  if (!input.parentId) return null
  const parent = await comments.answerable(c.env.DB, site.id, input.parentId)
  if (!parent) throw new Refusal('unknown_parent', { field: 'parentId' })
  if (parent.key !== input.key) throw new Refusal('parent_elsewhere', { field: 'parentId' })
  return parent
}

/** Made from the comment's id, so that a repeated first post gets the same one. */
const derivedToken = (c: Ctx, id: string) => hmac(c.env.TOKEN_SECRET, `author ${id}`)

/** Tells what is being said, where, and under which name: nothing that readers won't be shown. */
const requestHash = (site: Site, { id, key, url, title, parentId, author, body }: Input) =>
  digest(JSON.stringify([site.id, id, key, url, title, parentId, author.name, author.url, body]))

/** The same for texts that differ in case, width and spaces only. */
export const bodyHash = (body: string) =>
  digest(body.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim())
