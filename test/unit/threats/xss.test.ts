import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Hono } from 'hono'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { contentOf, textOf as textOfTree } from '../../../widget/common/markdown.ts'
import type { Rendering, Writing } from '../../../widget/thread/server/rendering.ts'
import type { Ctx } from '../../../worker/access/identity.ts'
import type { Comment } from '../../../worker/contract/comment.ts'
import { line, paragraphs, webAddress, website } from '../../../worker/contract/input.ts'
import { limits } from '../../../worker/contract/limits.ts'
import type { Site } from '../../../worker/contract/site.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import { atomOf } from '../../../worker/feeds/atom.ts'
import { feedOf } from '../../../worker/feeds/feed.ts'
import { jsonFeedOf } from '../../../worker/feeds/json.ts'
import { parse } from '../../../worker/http/input.ts'
import { Refusal } from '../../../worker/http/refusal.ts'
import { plainPage } from '../../../worker/pages/plainPage.tsx'
import { threadElement } from '../../../worker/pages/threadElement.tsx'
import { refusePlainly } from '../../../worker/routes/pages/plainRefusal.ts'
import { hostileUrls, lineOf, vectors } from '../../worker/threats/data.ts'
import { attribute, blocksOf, elementsOf, skeletonOf, textOf } from '../../worker/threats/html.ts'

/** All that Markdown may become. */
const markdown =
  'a **b** _c_ `d` <https://a.example/> me@a.example\n\n> e\n\n- f\n\n2. g\n\n1. h\n\n```\ni\n```\n\nj  \nk [l](mailto:m@a.example)'
const at = '2026-01-01T00:00:00.000Z'
const css = '.thread{color:red}'
const article = 'https://blog.example/post'

const comment = (more: Partial<Comment> & { body?: string } = {}): Comment => {
  const { body = markdown, ...fields } = more
  return {
    id: crypto.randomUUID(),
    parentId: null,
    author: { id: 'a1', name: 'Mika', url: 'https://mika.example/', badge: 'Editor' },
    content: contentOf(body),
    createdAt: at,
    editedAt: null,
    likes: 1,
    replies: { count: 0, next: null },
    ...fields,
  }
}

const pageOf = (items: Comment[], thread: Partial<ThreadPage['thread']> = {}): ThreadPage => ({
  thread: {
    key: '/post',
    url: article,
    title: 'A post',
    count: items.length,
    closed: null,
    moderated: true,
    bodyLimit: limits.body,
    origins: ['https://blog.example'],
    version: 1,
    ...thread,
  },
  items,
  next: null,
})

const rendering = (page: ThreadPage, more: Partial<Rendering> = {}): Rendering => ({
  host: '',
  site: 'blog',
  page,
  lang: 'en',
  sort: 'oldest',
  heading: null,
  title: 'A post',
  ...more,
})

const embedded = (page: ThreadPage, more: Partial<Rendering> = {}) =>
  threadElement(rendering(page, { host: 'https://hankyo.example', ...more }), css)

type Plain = Omit<Parameters<typeof plainPage>[0], 'rendering'>
const plain = (page: ThreadPage, more: Partial<Rendering> = {}, shown: Plain = {}) =>
  plainPage({ rendering: rendering(page, { heading: '1', given: '', ...more }), ...shown })

const writing = (more: Partial<Writing> = {}): Writing => ({
  id: crypto.randomUUID(),
  parentId: '',
  page: article,
  title: 'A post',
  since: 1,
  body: '',
  author: { name: '', email: '', url: '' },
  ...more,
})

/** A comment as its author sees it. */
const own = (status: 'pending' | 'rejected', { reason = '', body = markdown } = {}) =>
  comment({ body, own: { status, reason, body, revision: 1, editableUntil: null, appealable: true } })

/** A form that cannot be taken where it was sent to, answered as a page. */
async function refused(sent: Record<string, string>, query = '', refusal = new Refusal('wrong_origin')) {
  const app = new Hono().post('/t/:site', (c) => {
    const context = c as unknown as Ctx
    context.set('sent', new URLSearchParams(sent))
    return refusePlainly(context, refusal)
  })
  const answer = await app.request(`https://hankyo.example/t/blog${query}`, { method: 'POST' })
  return answer.text()
}

const wrong = { code: 'invalid', field: 'author.url', message: 'x' } as const

/** What pages of a harmless thread consist of that has everything a thread can have. */
async function harmless(): Promise<Set<string>> {
  const root = comment({ pinned: true, replies: { count: 1, next: null } })
  const full = pageOf([root, comment({ parentId: root.id })])
  const none = pageOf([])
  const unknown = pageOf([], { url: null, title: null })
  const error = { ...writing({ body: 'x' }), error: wrong }
  const html = [
    embedded(full),
    embedded(full, { heading: 'What do you think?', sort: 'newest', lang: 'ar' }),
    embedded(full, { heading: 'What do you think?', given: 'A title' }),
    embedded(full, { given: 'A title' }),
    embedded(unknown, { heading: '3' }),
    plain(full, { writing: writing(), given: 'A title' }),
    plain(full, { lang: 'ar', writing: writing({ parentId: root.id }) }),
    plain(full, { own: own('pending') }),
    plain(full, { own: own('rejected', { reason: 'abuse' }), writing: writing() }),
    plain(
      full,
      { readOnly: true },
      { received: true, followed: { key: '/post', lang: 'en', title: 'A post', own: 'id.token' } },
    ),
    plain(none, { writing: error }),
    plain(unknown, { writing: { ...error, error: { code: 'missing', field: 'body', message: 'x' } } }),
    plain(unknown, { readOnly: true }, { needsScript: true }),
    await refused({ key: '/post', body: 'x' }),
    await refused({ key: '/post', body: 'x' }, '', new Refusal('unknown_site')),
  ]
  return new Set(html.flatMap((one) => [...skeletonOf(one)]))
}

const known = await harmless()
const strange = (html: string) => [...skeletonOf(html)].filter((part) => !known.has(part))

const site = { id: 'blog', name: 'Blog', origins: ['https://blog.example'], locale: 'en' } as Site

describe('Row 3: hostile text', () => {
  it('has nothing to hide behind in a harmless thread', () => {
    const parts = [...known]
    expect(
      parts.filter((part) => /^(iframe|object|embed|svg|math|base|meta http|img|video)/.test(part)),
    ).toEqual([])
    expect(parts.filter((part) => /^(handler|styled|address|http)/.test(part))).toEqual([])
    expect(parts.filter((part) => /^script/.test(part))).toEqual(['script type'])
    expect(parts).toEqual(expect.arrayContaining(['blockquote ', 'pre ', 'ol start', 'bdi class,part']))
  })

  it('in body, name, title and badge is text in the thread’s HTML and its data', () => {
    for (const vector of vectors) {
      const name = lineOf(vector)
      const badge = lineOf(vector, 30)
      const one = comment({ body: vector, author: { id: 'a1', name, url: null, badge } })
      const page = pageOf([one], { title: name })
      const html = embedded(page)
      const alone = plain(page, { title: name, writing: writing() })
      expect([...strange(html), ...strange(alone)], vector).toEqual([])
      const seen = (part: string, of: string) =>
        elementsOf(of).flatMap((element) => (attribute(element, 'part') === part ? [textOf(element)] : []))
      for (const of of [html, alone]) {
        expect(seen('name', of)).toEqual([name])
        expect(seen('badge', of)).toEqual([badge])
        expect(seen('text', of).join('').replace(/\s/g, '')).toBe(textOfTree(one.content).replace(/\s/g, ''))
      }
      const blocks = new Map(blocksOf(html))
      expect(JSON.parse(blocks.get('application/json') ?? '').page).toEqual(page)
      expect(JSON.parse(blocks.get('application/ld+json') ?? '')).toMatchObject({
        name,
        comment: [{ author: { name }, text: textOfTree(one.content).trim() }],
      })
      expect(blocksOf(html)).toHaveLength(2)
      expect(blocksOf(alone)).toHaveLength(0)
    }
  })

  it('in body, name, title and key is text in the feeds', () => {
    for (const vector of vectors) {
      const name = lineOf(vector)
      const id = crypto.randomUUID()
      const row = {
        ...{ id, name, url: null, content: JSON.stringify(contentOf(vector)), createdAt: 1, editedAt: null },
        ...{ seq: 1, bytes: 0, threadKey: name, threadUrl: article, threadTitle: name },
      }
      for (const key of [undefined, name]) {
        const feed = feedOf({ site, key, self: 'https://hankyo.example/feed' }, [row])
        const atom = atomOf(feed)
        expect(XMLValidator.validate(atom), vector).toBe(true)
        const { entry } = new XMLParser({ ignoreAttributes: false, trimValues: false }).parse(atom).feed
        expect(entry.id).toBe(`urn:uuid:${id}`)
        expect(Object.keys(entry).sort()).toEqual(
          ['author', 'content', 'id', 'link', 'published', 'title', 'updated'].sort(),
        )
        const [item] = JSON.parse(jsonFeedOf(feed)).items as { id: string; content_html: string }[]
        expect(item?.id).toBe(entry.id)
        for (const html of [item?.content_html, entry.content['#text']])
          expect(strange(String(html)), vector).toEqual([])
      }
      expect(XMLValidator.validate(atomOf(feedOf({ site, key: name, self: 'https://a.example/' }, [])))).toBe(
        true,
      )
    }
  })

  it('as a website is refused, or the plain link it says it is', () => {
    for (const text of [...hostileUrls, ...vectors.map((vector) => lineOf(vector))]) {
      let url: string
      try {
        url = parse(website(webAddress), text)
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid' })
        continue
      }
      expect(url).toMatch(/^https?:\/\/[^/\\@"'<>\s]+/)
      const page = pageOf([comment({ author: { id: 'a1', name: 'x', url } })])
      expect([...strange(embedded(page)), ...strange(plain(page))], text).toEqual([])
    }
  })

  it('as the address of a page is refused, or says nothing that ends where it is quoted', () => {
    for (const url of hostileUrls) {
      const { success, output } = v.safeParse(webAddress, url)
      if (success) expect(output).toMatch(/^https?:\/\/[^\s<>"'`\\]+$/)
      else expect(() => parse(webAddress, url), url).toThrow(Refusal)
    }
  })

  it('as a note is kept as it was written', () => {
    for (const vector of vectors) {
      expect(parse(paragraphs(limits.note), vector)).toBe(vector)
    }
  })

  it('as a moderator’s reason is text on its author’s own page', () => {
    for (const vector of vectors) {
      const html = plain(pageOf([]), {
        own: own('rejected', { reason: lineOf(vector), body: vector }),
        writing: writing(),
      })
      expect(strange(html), vector).toEqual([])
    }
  })

  it('in the address of a page stays in the address', () => {
    for (const vector of vectors) {
      const text = lineOf(vector)
      const full = pageOf([comment()])
      const asked = { heading: text, title: text, given: text }
      const unknown = pageOf([], { key: text, url: null, title: null })
      for (const lang of ['en', text.slice(0, 35)])
        for (const html of [
          embedded(full, { ...asked, lang }),
          embedded(unknown, { ...asked, lang }),
          plain(full, { ...asked, lang, writing: writing({ parentId: text }) }),
          plain(unknown, { ...asked, lang, writing: writing({ title: text }) }),
        ])
          expect(strange(html), vector).toEqual([])
    }
  })

  it('in the form comes back in the form, as it was written', async () => {
    for (const vector of vectors) {
      const author = { name: vector, email: vector, url: vector }
      const form = { ...{ parentId: vector, page: vector, title: vector, body: vector }, author }
      const sent = { body: vector, ...author, parentId: vector, page: vector, title: vector, since: vector }
      for (const html of [
        plain(pageOf([]), { title: vector, given: vector, writing: writing(form) }),
        plain(pageOf([]), {
          title: vector,
          given: vector,
          writing: writing({ ...form, id: vector, error: wrong }),
        }),
        await refused({ key: '/post', ...sent }),
        await refused({ key: lineOf(vector), ...sent }, `?key=${encodeURIComponent(vector)}`),
      ]) {
        expect(html.startsWith('<!doctype html>')).toBe(true)
        expect(strange(html), vector).toEqual([])
        const area = elementsOf(html).find(({ tagName }) => tagName === 'textarea')
        // A form's lines end as HTML says, and HTML has no U+0000.
        expect(area && textOf(area)).toBe(vector.replaceAll('\0', '\ufffd'))
      }
    }
  })

  it('as a name is taken as one line', () => {
    for (const vector of vectors) {
      expect(parse(line(limits.name), lineOf(vector))).toBe(lineOf(vector))
    }
  })
})
