import * as v from 'valibot'
import type { Rendering, Writing } from '../../widget/thread/server.tsx'
import { type Ctx, siteOf } from '../access.ts'
import { tagsOf } from '../cache.ts'
import { type Comment, limits, type Site } from '../contract.ts'
import { isFresh, keepable, plainPageHeaders, publicly } from '../headers.ts'
import { line, parse, readText, single } from '../input.ts'
import { isRegistered } from '../origin.ts'
import { Refusal } from '../refusal.ts'
import { pagelessPage, plainPage, threadElement } from '../rendered.ts'
import { digest } from '../secret.ts'
import * as comments from '../store/comments.ts'
import { threadPage, visibleThread } from '../threadPage.ts'
import { ownView } from '../view.ts'
import { acceptComment } from './comments.ts'
import { threadCss } from './pages.ts'
import { threadKey, threadQuery } from './thread.ts'

const htmlQuery = v.object({
  ...threadQuery.entries,
  lang: v.optional(line(35)),
  heading: v.optional(line(limits.title)),
})

/** `GET /v1/sites/:site/thread.html`: a thread to be put into its page before any script runs. */
export async function getThreadHtml(c: Ctx): Promise<Response> {
  publicly(c)
  const { key, heading, lang, sort, cursor } = parse(htmlQuery, single(c.req.queries()))
  const site = await siteOf(c)
  const { rendering, thread } = await render(c, site, key, { lang, sort, cursor, heading: heading ?? null })
  const html = threadElement(rendering, await threadCss(c))
  keepable(c, 'thread', await tagsOf(c.env, { siteId: site.id, ...(thread && { threadId: thread.id }) }))
  if (isFresh(c, `"${(await digest(html)).slice(0, 22)}"`)) return c.body(null, 304)
  return c.html(html)
}

const plainQuery = v.object({
  ...htmlQuery.entries,
  key: v.optional(threadKey),
  title: v.optional(line(limits.title)),
  reply: v.optional(line(100)),
  own: v.optional(line(300)),
})
type PlainQuery = v.InferOutput<typeof plainQuery>

/** `GET /t/:site`: a thread on a page of its own; without a key, of the article that links to it. */
export async function getPlainThread(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  const query = parse(plainQuery, single(c.req.queries()))
  const key = query.key ?? keyOf(refererOf(c, site))
  if (key === null) return page(c, pagelessPage(query.lang ?? site.locale), 404)
  return showPlain(c, site, { ...query, key })
}

/**
 * `POST /t/:site`: a comment by a form. What is wrong with it is told on the page, with all that was
 * written; a form that was not served here is served with what was written in it.
 */
export async function postPlainThread(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  const origin = c.req.header('origin') ?? ''
  if (origin !== new URL(c.req.url).origin && !isRegistered(origin, site.origins))
    throw new Refusal('wrong_origin')
  const form = Object.fromEntries(new URLSearchParams(await readText(c.req.raw)))
  const field = (name: string) => form[name] ?? ''
  const query = parse(plainQuery, { key: form.key, ...(form.lang && { lang: form.lang }) })
  const key = query.key
  if (key === undefined) throw new Refusal('missing', { field: 'key' })
  const author = { name: field('name'), email: field('email'), url: field('url') }
  const written = { body: field('body'), parentId: field('parentId'), author }
  if (!form.id) return showPlain(c, site, { ...query, key }, { writing: written })
  const since = Number(form.since) || Date.now()
  const data = {
    ...written,
    id: form.id,
    key,
    url: field('page'),
    title: field('title'),
    parentId: written.parentId || null,
    elapsedMs: Math.max(0, Date.now() - since),
    trap: field('subject'),
  }
  try {
    const { posted } = await acceptComment(c, site, { token: null, read: async () => data })
    const { comment, token } = posted
    const own = token && `${comment.id}.${token}`
    return showPlain(c, site, { ...query, key, own }, { posted: comment })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const writing = { ...written, id: form.id, since, error: error.body.error }
    return showPlain(c, site, { ...query, key }, { writing, status: error.status })
  }
}

interface Showing {
  writing?: Partial<Writing>
  posted?: Comment
  status?: number
}

async function showPlain(
  c: Ctx,
  site: Site,
  query: PlainQuery & { key: string },
  { writing, posted, status = 200 }: Showing = {},
): Promise<Response> {
  const { key, own, reply } = query
  const parentId = writing?.parentId || reply || ''
  const { rendering } = await render(c, site, key, { ...query, around: parentId || undefined, heading: null })
  const { thread } = rendering.page
  const mine = posted ?? (own ? await ownComment(c, site, own) : null)
  if (mine) rendering.own = mine
  rendering.title = query.title || key
  rendering.readOnly = site.settings.proof !== 'none'
  if (!rendering.readOnly && !posted)
    rendering.writing = {
      id: crypto.randomUUID(),
      body: '',
      author: { name: '', email: '', url: '' },
      since: Date.now(),
      ...writing,
      parentId,
      page: thread.url ?? (writing?.page || pageOf(c, site, key)),
      title: thread.title ?? rendering.title,
    }
  const address = `/t/${site.id}?${new URLSearchParams({ key, lang: rendering.lang, own: own ?? '' })}`
  const html = plainPage({
    rendering,
    received: posted !== undefined,
    ...(posted && own && { follow: address }),
    needsScript: rendering.readOnly && !thread.closed,
  })
  return page(c, html, status)
}

/** The page as a form or a link names it: `own` is a comment's id and its author's token. */
async function ownComment(c: Ctx, site: Site, own: string): Promise<Comment | null> {
  const [, id = '', token = ''] = /^([^.]+)\.(.+)$/.exec(own) ?? []
  const row = await comments.own(c.env.DB, site.id, id.toLowerCase(), await digest(token))
  return row && ownView(row, site.settings, Date.now())
}

interface Asked {
  lang?: string | undefined
  sort: Rendering['sort']
  cursor?: string | undefined
  around?: string | undefined
  heading: string | null
}

interface Rendered {
  rendering: Rendering
  /** The thread as readers see it. */
  thread: Awaited<ReturnType<typeof visibleThread>>
}

async function render(c: Ctx, site: Site, key: string, asked: Asked): Promise<Rendered> {
  const { sort, cursor, around, heading, lang = site.locale } = asked
  const thread = await visibleThread(c.env.DB, site.id, key)
  const page = await threadPage(c.env.DB, { site, key, thread }, { sort, cursor, around })
  const { origin } = new URL(c.req.url)
  return { thread, rendering: { host: origin, site: site.id, page, lang, sort, heading, title: key } }
}

/** The article that a link to here is on, if it is one of the site's. */
function refererOf(c: Ctx, site: Site): URL | null {
  const referer = c.req.header('referer') ?? ''
  if (!URL.canParse(referer)) return null
  const url = new URL(referer)
  return isRegistered(url.origin, site.origins) ? url : null
}

const keyOf = (url: URL | null) => url && parse(threadKey, url.pathname + url.search)

/** Where a page of the site with this key would be. */
function pageOf(c: Ctx, site: Site, key: string): string {
  const referer = refererOf(c, site)
  if (referer && keyOf(referer) === key) return referer.origin + referer.pathname + referer.search
  const known = referer?.origin ?? site.origins.find((origin) => URL.canParse(origin))
  const origin = known ?? new URL(c.req.url).origin
  return origin + (key.startsWith('/') ? key : '/')
}

function page(c: Ctx, html: string, status: number): Response {
  for (const [name, value] of Object.entries(plainPageHeaders)) c.header(name, value)
  return c.html(html, status as 200)
}
