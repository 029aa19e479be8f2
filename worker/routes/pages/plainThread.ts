import type { InferOutput } from 'valibot'
import type { Writing } from '../../../widget/thread/server/rendering.ts'
import { type Ctx, isOwnPage, siteOf } from '../../access/identity.ts'
import { limitReads } from '../../access/readLimit.ts'
import type { Comment } from '../../contract/comment.ts'
import { isRegistered } from '../../contract/origin.ts'
import { plainThreadQuery } from '../../contract/pageQueries.ts'
import type { Site } from '../../contract/site.ts'
import { threadKey } from '../../contract/threadKey.ts'
import { digest } from '../../crypto.ts'
import { articleAddress, articleFromReferer, cleanTitle, titleFromKey } from '../../http/article.ts'
import { readText } from '../../http/body.ts'
import { plainPageHeaders } from '../../http/headers.ts'
import { parse, single } from '../../http/input.ts'
import { memory } from '../../http/isolateCache.ts'
import { publicUrl, rootOf } from '../../http/publicUrl.ts'
import { Refusal } from '../../http/refusal.ts'
import { plainPage } from '../../pages/plainPage.tsx'
import { pageView } from '../../queries/pageView.ts'
import { threadPage } from '../../queries/threadPage.ts'
import { ownView } from '../../queries/view.ts'
import * as comments from '../../store/comments.ts'
import { acceptComment } from '../author/comments.ts'
import { senderOf } from '../sender.ts'
import { worldOf } from '../world.ts'

type PlainQuery = InferOutput<typeof plainThreadQuery>

/** `GET /t/:site`: a thread on a page of its own; without a key, of the article that links to it. */
export async function getPlainThread(c: Ctx): Promise<Response> {
  const known = Object.entries(c.req.queries()).filter(([name]) =>
    Object.hasOwn(plainThreadQuery.entries, name),
  )
  const query = parse(plainThreadQuery, single(Object.fromEntries(known)))
  const asked = { ...query, key: query.key ?? (await keyOfReferer(c)) }
  if (query.own) return showPlain(c, asked)
  const name = JSON.stringify([publicUrl(c), c.req.path, asked, c.req.header('referer')])
  const { defer } = worldOf(c, c.req.param('site') ?? '')
  const html = await memory.reading.once(name, defer, () => renderPlain(c, asked, { writing: anyForm }))
  return sendPlain(c, withFormOfItsOwn(html))
}

/** What stands in a page for many in place of what is each form's own. */
const anyForm = { id: '00000000-0000-4000-8000-000000000000', since: 0 }

/** A page for many with a form for one. Nobody's words can stand in for its fields, since a quote is escaped in them. */
const withFormOfItsOwn = (html: string) =>
  html
    .replace(`name="id" value="${anyForm.id}"`, `name="id" value="${crypto.randomUUID()}"`)
    .replace(`name="since" value="${anyForm.since}"`, `name="since" value="${Date.now()}"`)

async function keyOfReferer(c: Ctx): Promise<string> {
  const referer = articleFromReferer(await siteOf(c), c.req.header('referer'))
  if (!referer) throw new Refusal('not_found')
  return parse(threadKey, referer.pathname + referer.search)
}

/**
 * `POST /t/:site`: a comment by a form. What is wrong with it is told on the page, with all that was
 * written; a form that was not served here is served with what was written in it. A form with `own` alone asks what
 * became of a comment.
 */
export async function postPlainThread(c: Ctx): Promise<Response> {
  const fields = new URLSearchParams(await readText(c.req.raw))
  const form = Object.fromEntries(fields)
  const subscribe = fields.getAll('subscribe')
  c.set('sent', fields)
  const { site, sender } = await senderOf(c, null)
  const origin = c.req.header('origin') ?? ''
  if (!isOwnPage(c) && !isRegistered(origin, site.origins)) throw new Refusal('wrong_origin')
  const field = (name: string) => form[name] ?? ''
  const query = parse(plainThreadQuery, {
    key: form.key,
    title: form.title,
    ...(form.lang && { lang: form.lang }),
    ...(form.own && { own: form.own }),
  })
  const key = query.key
  if (key === undefined) throw new Refusal('missing', { field: 'key' })
  if (query.own) return showPlain(c, { ...query, key }, { own: await ownComment(c, site, query.own) })
  const author = { name: field('name'), email: field('email'), url: field('url') }
  const written = { body: field('body'), parentId: field('parentId'), page: field('page'), author, subscribe }
  if (!form.id) return showPlain(c, { ...query, key }, { writing: written })
  const since = Number(form.since) || Date.now()
  const data = {
    id: form.id,
    key,
    url: written.page,
    title: cleanTitle(query.title ?? ''),
    parentId: written.parentId || null,
    author,
    body: written.body,
    elapsedMs: Math.max(0, Date.now() - since),
    trap: field('subject'),
    ...(subscribe.length > 0 && { subscribe, locale: query.lang ?? site.locale }),
  }
  try {
    const { posted } = await acceptComment(c, { site, sender }, async () => data)
    const { comment, token } = posted
    const own = token && `${comment.id}.${token}`
    return showPlain(c, { ...query, key, own }, { own: comment, posted: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Without a script nobody can do the work that is asked for while many write.
    const told = error.code === 'proof_needed' ? new Refusal('rate_limited', { retryAfter: 60 }) : error
    const { circumstances, body, status, code } = told
    const { retryAfter } = circumstances
    if (retryAfter !== undefined) c.header('retry-after', String(retryAfter))
    // An id that something else was sent with would be refused again and again.
    const id = status === 409 ? crypto.randomUUID() : form.id
    const isSlowed = code === 'slow_mode'
    const writing = { ...written, id, since, ...(!isSlowed && { error: body.error }) }
    return showPlain(c, { ...query, key }, { writing, status, ...(isSlowed && { wait: retryAfter }) })
  }
}

interface Showing {
  writing?: Partial<Writing>
  /** The comment of whoever asks; null where there is none. */
  own?: Comment | null
  /** Whether it was posted by this very request. */
  posted?: boolean
  /** Seconds until a comment of theirs is taken. */
  wait?: number | undefined
}

type Asked = PlainQuery & { key: string }

async function showPlain(c: Ctx, asked: Asked, { status, ...showing }: Showing & { status?: number } = {}) {
  return sendPlain(c, await renderPlain(c, asked, showing), status)
}

function sendPlain(c: Ctx, html: string, status = 200): Response | Promise<Response> {
  for (const [name, value] of Object.entries(plainPageHeaders)) c.header(name, value)
  return c.html(html, status as 200)
}

async function renderPlain(
  c: Ctx,
  query: Asked,
  { writing, own, posted = false, wait }: Showing,
): Promise<string> {
  if (!posted) await limitReads(c)
  const { key, reply, sort, cursor } = query
  const given = cleanTitle(query.title ?? '')
  const parentId = writing?.parentId || reply || ''
  const siteId = c.req.param('site') ?? ''
  const wanted = { siteId, key, sort, cursor, around: parentId || undefined, form: 'html' } as const
  const { site, ...found } = await threadPage(worldOf(c, siteId), wanted)
  const page = pageView(found.page)
  const lang = query.lang ?? site.locale
  const { thread } = page
  const readOnly = site.settings.proof !== 'none'
  // What a link says goes along with what is written, but anyone can make a link: it heads no page of ours.
  const title = thread.title || titleFromKey(site, key)
  const article =
    thread.url ??
    (writing?.page || articleAddress(site, key, articleFromReferer(site, c.req.header('referer'))))
  return plainPage({
    rendering: {
      host: rootOf(c),
      ...{ site: site.id, page, lang, sort, heading: '1', title, given },
      readOnly: readOnly || posted,
      ...(own && { own }),
      ...(!readOnly &&
        !posted && {
          writing: {
            id: crypto.randomUUID(),
            body: '',
            author: { name: '', email: '', url: '' },
            since: Date.now(),
            ...writing,
            parentId,
            page: article ?? publicUrl(c),
            title: thread.title || given,
          },
        }),
    },
    received: posted,
    ...(wait !== undefined && { wait }),
    ...(query.own && own !== null && { followed: { key, lang, title: given, own: query.own } }),
    needsScript: readOnly && !thread.closed,
  })
}

/** The comment that is named by its id and its author's token. */
async function ownComment(c: Ctx, site: Site, own: string): Promise<Comment | null> {
  const [, id = '', token = ''] = /^([^.]+)\.(.+)$/.exec(own) ?? []
  const world = worldOf(c, site.id)
  const row = await comments.own(world.db, site.id, id.toLowerCase(), await digest(token))
  return row && ownView(row, site, world)
}
