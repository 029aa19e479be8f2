import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { beforeEach, describe, expect, it } from 'vitest'
import { textOf as textOfTree } from '../../../widget/common/markdown.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  decided,
  host,
  json,
  own,
  pageOrigin,
  post,
  posted,
  queue,
  thread,
} from '../product.ts'
import { lineOf, wireUrls, wireVectors } from './data.ts'
import { attribute, blocksOf, elementsOf, skeletonOf, textOf } from './html.ts'
import { other } from './product.ts'

const token = 't'.repeat(43)
/** All that Markdown may become. */
const markdown =
  'a **b** _c_ `d` <https://a.example/> me@a.example\n\n> e\n\n- f\n\n2. g\n\n1. h\n\n```\ni\n```\n\nj  \nk [l](mailto:m@a.example)'

beforeEach(async () => {
  await addSite({ settings: { flagThreshold: 1 } })
  await approved({ key: '/known' }, { token })
})

const get = async (path: string) => {
  const answer = await call('GET', path, { origin: null })
  expect(answer.status, path).toBeLessThan(500)
  return { answer, text: await answer.text() }
}
/** The thread as HTML; what only a page of its own takes is left out. */
const publicly = async ({ reply: _, own: __, ...query }: Record<string, string>) =>
  (await get(`/v1/sites/blog/thread.html?${new URLSearchParams(query)}`)).text
const plainly = async (query: Record<string, string>) =>
  (await get(`/t/blog?${new URLSearchParams(query)}`)).text
const badge = async (text: string | null) => {
  const { author } = (await thread('key=/known')).items[0] ?? {}
  expect((await asOperator('PUT', `/v1/authors/${author?.id}/badge`, { badge: text })).status).toBe(204)
}

/** What the pages of a harmless thread consist of that has everything a thread can have. */
async function harmless(): Promise<Set<string>> {
  await badge('Editor')
  const author = { name: 'Mika', url: 'https://mika.example/' }
  const { comment: root } = await approved({ key: '/harmless', author, body: markdown }, { token })
  const { comment: reply } = await approved({ key: '/harmless', parentId: root.id, author }, { token })
  await asOperator('PUT', `/v1/comments/${root.id}/pin`)
  const { token: mine, comment: waiting } = await posted({ key: '/harmless', body: markdown })
  const html = await Promise.all([
    publicly({ key: '/harmless' }),
    publicly({ key: '/harmless', heading: 'What do you think?', sort: 'newest', lang: 'ar' }),
    publicly({ key: '/harmless', heading: 'What do you think?' }),
    publicly({ key: '/nobody', heading: '3' }),
    publicly({ key: '/nobody' }),
    plainly({ key: '/harmless', lang: 'ar' }),
    plainly({ key: '/harmless', reply: reply.id }),
    plainly({ key: '/harmless', own: `${waiting.id}.${mine}` }),
    plainly({ key: '/nobody' }),
    plainly({ key: '/nobody', title: 'Nobody' }),
    plainly({ key: '/nobody', sort: 'x' }),
    form({ key: '/harmless', body: 'x' }, other),
    form({ key: '/harmless', body: 'x' }),
    form({ key: '/harmless', body: '', id: crypto.randomUUID() }),
    form({ key: '/harmless', body: 'x', id: crypto.randomUUID(), url: 'javascript:' }),
    form({
      key: '/harmless',
      page: `${pageOrigin}/harmless`,
      title: 't',
      body: markdown,
      name: 'x',
      id: crypto.randomUUID(),
    }),
  ])
  return new Set(html.flatMap((one) => [...skeletonOf(one)]))
}

async function form(fields: Record<string, string>, origin = host): Promise<string> {
  const body = new URLSearchParams(fields).toString()
  const answer = await call('POST', '/t/blog', { body, origin })
  expect(answer.status).toBeLessThan(500)
  return answer.text()
}

const strange = (html: string, known: Set<string>) => [...skeletonOf(html)].filter((part) => !known.has(part))

describe('Row 3: stored XSS', () => {
  it('a harmless thread has no part that would hide a hostile one', async () => {
    const parts = [...(await harmless())]
    expect(
      parts.filter((part) => /^(iframe|object|embed|svg|math|base|meta http|img|video)/.test(part)),
    ).toEqual([])
    expect(parts.filter((part) => /^(handler|styled|address|http)/.test(part))).toEqual([])
    expect(parts.filter((part) => /^script/.test(part))).toEqual(['script type'])
    expect(parts).toEqual(expect.arrayContaining(['blockquote ', 'pre ', 'ol start', 'bdi class,part']))
  })

  it('the oracle sees what it is to see', async () => {
    const known = await harmless()
    const html = await publicly({ key: '/harmless' })
    for (const [bad, part] of [
      ['<img src=x onerror=alert(1)>', 'handler onerror'],
      ['<svg></svg>', 'http://www.w3.org/2000/svgsvg '],
      ['<a href="javascript:alert(1)" rel="x" target="_blank">x</a>', 'address javascript:alert(1)'],
      ['<style>*{}</style>', '*{}'],
      ['<script>alert(1)</script>', 'script '],
      ['<p style="position:fixed">', 'styled position:fixed'],
    ] as const)
      for (const place of ['</template>', '</hankyo-thread>'])
        expect(strange(html.replace(place, `${bad}${place}`), known)).toContain(part)
  })

  it('in body, name, title and badge is text in the thread’s HTML, its own page, its data and its feeds', async () => {
    const known = await harmless()
    const pages: [id: string, key: string, vector: string][] = []
    for (const [index, vector] of wireVectors.entries()) {
      const key = `/v/${index}`
      const line = lineOf(vector)
      const written = { key, title: line, author: { name: line }, body: vector }
      await badge(lineOf(vector, 30))
      const { comment: one } = await approved(written, { token })
      pages.push([one.id, key, vector])
      const page = await thread(`key=${key}`)
      const html = await publicly({ key })
      const plain = await plainly({ key })
      expect([...strange(html, known), ...strange(plain, known)], vector).toEqual([])

      const [comment] = page.items
      expect(comment?.author).toMatchObject({ name: line, badge: lineOf(vector, 30) })
      const seen = (part: string, of: string) =>
        elementsOf(of).flatMap((element) => (attribute(element, 'part') === part ? [textOf(element)] : []))
      for (const of of [html, plain]) {
        // HTML has no U+0000.
        expect(seen('name', of)).toEqual([line])
        expect(seen('badge', of)).toEqual([lineOf(vector, 30)])
        expect(seen('text', of).join('').replace(/\s/g, '')).toBe(
          textOfTree(comment?.content ?? []).replace(/\s/g, ''),
        )
      }
      const blocks = new Map(blocksOf(html))
      expect(JSON.parse(blocks.get('application/json') ?? '').page).toEqual(page)
      expect(JSON.parse(blocks.get('application/ld+json') ?? '')).toMatchObject({
        name: line,
        comment: [{ author: { name: line }, text: textOfTree(comment?.content ?? []).trim() }],
      })
      expect(blocksOf(html)).toHaveLength(2)
      expect(blocksOf(plain)).toHaveLength(0)
    }
    const { text: atom } = await get('/v1/sites/blog/feed.atom')
    expect(XMLValidator.validate(atom)).toBe(true)
    const entries = new XMLParser({ ignoreAttributes: false, trimValues: false }).parse(atom).feed.entry as {
      id: string
      content: { '#text': string }
    }[]
    const { items } = JSON.parse((await get('/v1/sites/blog/feed.json')).text) as {
      items: { id: string; content_html: string }[]
    }
    expect(entries.map(({ id }) => id)).toEqual(items.map(({ id }) => id))
    for (const html of [
      ...items.map(({ content_html }) => content_html),
      ...entries.map(({ content }) => content['#text']),
    ])
      expect(strange(String(html), known)).toEqual([])
    for (const [id, key, vector] of pages) {
      const { text } = await get(`/v1/sites/blog/feed.atom?key=${key}`)
      expect(XMLValidator.validate(text), vector).toBe(true)
      const feed = new XMLParser().parse(text).feed
      expect(feed.entry.id).toBe(`urn:uuid:${id}`)
      expect(Object.keys(feed.entry).sort()).toEqual(
        ['author', 'content', 'id', 'link', 'published', 'title', 'updated'].sort(),
      )
    }
  })

  it('as a website is refused, or the plain link it says it is', async () => {
    const known = await harmless()
    for (const url of [...wireUrls, ...wireVectors.map((vector) => lineOf(vector))]) {
      const answer = await post(comment({ key: '/urls', author: { name: 'x', url } }))
      if (answer.status === 202) {
        const { comment: made } = await answer.json<{ comment: { id: string; author: { url: string } } }>()
        expect(made.author.url).toMatch(/^https?:\/\/[^/\\@"'<>\s]+/)
        await decided(made.id, 'approve')
      } else
        expect((await json<ErrorBody>(answer, 400)).error).toMatchObject({
          code: 'invalid',
          field: 'author.url',
        })
    }
    expect([...strange(await publicly({ key: '/urls' }), known)]).toEqual([])
    for (const url of wireUrls) expect((await post(comment({ url }))).status).toBeGreaterThan(399)
  })

  it('as a flag’s or an appeal’s note is told to moderators as it was written, and to nobody else', async () => {
    for (const vector of wireVectors) {
      const { comment: shown } = await approved({ key: '/notes' })
      const flag = { reason: 'other', note: vector }
      const path = `/v1/sites/blog/comments/${shown.id}`
      const flagged = await call('POST', `${path}/flags`, { body: flag, token: crypto.randomUUID() })
      expect(flagged.status).toBe(204)
      expect((await queue(`tab=all&ids=${shown.id}`)).items[0]?.flags?.notes).toEqual([vector.trim()])
      const { comment: refused, token: mine } = await posted({ key: '/notes' })
      await decided(refused.id, 'reject', { reason: lineOf(vector) })
      const appeal = { body: { note: vector }, token: mine }
      expect((await own(refused.id, mine)).own?.reason).toBe(lineOf(vector))
      expect((await call('POST', `/v1/sites/blog/comments/${refused.id}/appeal`, appeal)).status).toBe(200)
      expect((await queue(`tab=all&ids=${refused.id}`)).items[0]?.appeal).toBe(vector.trim())
    }
    const seen = [await publicly({ key: '/notes' }), await plainly({ key: '/notes' })]
    expect(seen.join().match(/alert\(|evil/)).toBeNull()
  })

  it('as a moderator’s reason is text on its author’s own page', async () => {
    const known = await harmless()
    for (const vector of wireVectors) {
      const { comment: refused, token: mine } = await posted({ key: '/reason', body: vector })
      await decided(refused.id, 'reject', { reason: lineOf(vector) })
      const html = await plainly({ key: '/reason', own: `${refused.id}.${mine}` })
      expect(strange(html, known), vector).toEqual([])
    }
  })

  it('in the address of a page stays in the address', async () => {
    const known = await harmless()
    await approved({ key: '/q' }, { token })
    for (const vector of wireVectors) {
      const text = lineOf(vector)
      for (const query of [
        { key: '/q', heading: text, title: text, reply: text, own: `x.${text}`, lang: text.slice(0, 35) },
        { key: text, title: text, heading: text, own: text },
      ] as Record<string, string>[]) {
        for (const html of [await publicly(query), await plainly(query)])
          if (html.startsWith('<')) expect(strange(html, known), JSON.stringify(query)).toEqual([])
          else expect(JSON.parse(html).error.code).toBe('invalid')
      }
      const { text: atom } = await get(`/v1/sites/blog/feed.atom?${new URLSearchParams({ key: text })}`)
      if (atom.startsWith('<')) expect(XMLValidator.validate(atom), vector).toBe(true)
      const { text: counts } = await get(`/v1/sites/blog/counts?${new URLSearchParams({ key: text })}`)
      expect(Object.keys(JSON.parse(counts))).toHaveLength(1)
    }
  })

  it('in the form comes back in the form, as it was written', async () => {
    const known = await harmless()
    for (const vector of wireVectors) {
      const fields = {
        body: vector,
        name: vector,
        email: vector,
        url: vector,
        parentId: vector,
        title: vector,
        since: vector,
      }
      for (const [id, origin] of [[''], [crypto.randomUUID()], [vector], ['', other]] as const) {
        const html = await form({ key: '/f', page: vector, lang: 'en', id, ...fields }, origin)
        expect(html.startsWith('<!doctype html>')).toBe(true)
        expect(strange(html, known), vector).toEqual([])
        const area = elementsOf(html).find(({ tagName }) => tagName === 'textarea')
        // A form's lines end as HTML says.
        expect(area && textOf(area)).toBe(vector.replaceAll('\0', '\ufffd'))
      }
    }
  })

  it('is never answered as HTML where data is asked for', async () => {
    const { comment: one } = await approved({ key: '/json', body: '<script>alert(1)</script>' }, { token })
    const answers: [string, RegExp][] = [
      ['thread?key=/json', /^application\/json/],
      [`comments/${one.id}`, /^application\/json/],
      ['counts?key=<script>', /^application\/json/],
      ['feed.json', /^application\/feed\+json/],
      ['feed.atom', /^application\/atom\+xml/],
      ['thread?key=<script>&sort=<script>', /^application\/json/],
      ['<script>alert(1)</script>', /^application\/json/],
    ]
    for (const [path, type] of answers) {
      const { answer } = await get(`/v1/sites/blog/${path}`)
      expect(answer.headers.get('content-type')).toMatch(type)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    expect((await json<ThreadPage>(call('GET', '/v1/sites/blog/thread?key=/json'))).items).toHaveLength(1)
  })
})
