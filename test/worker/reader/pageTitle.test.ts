import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { Page } from '../../../worker/contract/page.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  decided,
  json,
  pageOrigin,
  posted,
  queue,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

const titleOf = async () => (await thread()).thread.title
const urlOf = async (key = '/post') => (await thread(`key=${key}`)).thread.url

describe('A page is called', () => {
  it('as its oldest comment that is shown says, not as the first that was approved', async () => {
    const first = await posted({ title: 'The page' })
    await approved({ title: 'BUY PILLS' })
    expect(await titleOf()).toBe('BUY PILLS')
    await decided(first.comment.id, 'approve')
    expect(await titleOf()).toBe('The page')
  })

  it.each(['spam', 'reject', 'delete', 'restore', 'withdraw'] as const)(
    'as the next one says once the one that named it is gone: %s',
    async (act) => {
      const token = 'w'.repeat(43)
      const { comment } = await approved({ title: 'BUY PILLS' }, { token })
      await approved({ title: '' })
      await approved({ title: 'The page' })
      expect(await titleOf()).toBe('BUY PILLS')
      if (act === 'withdraw') await call('DELETE', `/v1/sites/blog/comments/${comment.id}`, { token })
      else {
        const { decisionId } = await decided(comment.id, act)
        expect(await titleOf()).toBe('The page')
        await asOperator('DELETE', `/v1/decisions/${decisionId}`)
        expect(await titleOf()).toBe('BUY PILLS')
        await decided(comment.id, act)
      }
      expect(await titleOf()).toBe('The page')
      for (const path of ['feed.atom?key=/post', 'thread.html?key=/post'])
        expect(await (await call('GET', `/v1/sites/blog/${path}`)).text()).not.toContain('PILLS')
      expect(await (await call('GET', '/t/blog?key=/post')).text()).not.toContain('PILLS')
    },
  )

  it('without what turns its direction or is not seen, and with what words and emoji need', async () => {
    await approved({ title: '\u202eabc\u2066 d\u200be\u200f\ufefff\u00ad\u2800\u3164 a\u200db' })
    expect(await titleOf()).toBe('abc def ab')
    const title =
      'می\u200cخواهم क्\u200dष 👩\u200d👩\u200d👧 ❤\ufe0f 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'
    await approved({ key: '/other', title })
    expect((await thread('key=/other')).thread.title).toBe(title)
  })
})

describe('A page is found', () => {
  it('at the address of its key, whatever an author’s browser says', async () => {
    const { comment } = await approved({ url: `${pageOrigin}/logout?next=//evil.example` })
    await approved()
    expect(await urlOf()).toBe(`${pageOrigin}/post`)
    const [item] = (await queue('tab=all')).items
    expect(item?.thread.url).toBe(`${pageOrigin}/post`)
    for (const path of ['feed.json?key=/post', 'thread.html?key=/post']) {
      const text = await (await call('GET', `/v1/sites/blog/${path}`)).text()
      expect(text).not.toContain('logout')
      expect(text).toContain(`${pageOrigin}/post#comment-${comment.id}`)
    }
    const plain = await (await call('GET', '/t/blog?key=/post')).text()
    expect(plain).toContain(`<link rel="canonical" href="${pageOrigin}/post"/>`)
  })

  it('at the address as its browsers have it, where that is the page', async () => {
    await approved({ key: '/a', url: `${pageOrigin}/a/` })
    expect(await urlOf('/a')).toBe(`${pageOrigin}/a/`)
    await approved({ key: 'an id', url: `${pageOrigin}/any/page` })
    expect(await urlOf('an id')).toBe(`${pageOrigin}/any/page`)
  })

  it('where its site is now', async () => {
    await approved({ url: `${pageOrigin}/post/` })
    const body = { origins: ['https://new.example'] }
    await json(asOperator('PATCH', '/v1/sites/blog', body))
    expect(await urlOf()).toBe('https://new.example/post')
  })
})

describe('Staff', () => {
  const rename = async (title: string | null) => {
    const { id } = (await queue('tab=all')).items[0]?.thread ?? {}
    return asOperator('PUT', `/v1/threads/${id}/title`, { title })
  }

  it('renames a page for good, until it takes that back; the log tells', async () => {
    const { comment } = await approved({ title: 'BUY PILLS' })
    expect((await rename(' By\u202e staff ')).status).toBe(204)
    await approved({ title: 'Another' })
    expect((await thread()).thread).toMatchObject({ title: 'By staff', givenTitle: 'By staff' })
    const feed = await (await call('GET', '/v1/sites/blog/feed.atom?key=/post')).text()
    expect(feed).toContain('Comments on “By staff”')
    expect(await (await call('GET', '/t/blog?key=/post&lang=en')).text()).toContain(
      'on “<bdi>By staff</bdi>”',
    )
    await decided(comment.id, 'spam')
    expect(await titleOf()).toBe('By staff')
    expect((await queue('tab=all')).items[0]?.thread).toMatchObject({
      title: 'By staff',
      givenTitle: 'By staff',
    })
    await rename(null)
    expect((await thread()).thread).not.toHaveProperty('givenTitle')
    expect(await titleOf()).toBe('Another')
    const { items } = await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))
    expect(items.filter(({ act }) => act === 'thread.rename').map(({ details }) => details)).toEqual([
      { key: '/post', title: null, was: 'By staff' },
      { key: '/post', title: 'By staff', was: 'Another' },
    ])
  })

  it('names a page that nobody sees a comment of yet', async () => {
    await posted({ title: 'Unseen' })
    expect((await rename('By staff')).status).toBe(204)
    expect((await thread()).thread).toMatchObject({ title: 'By staff', count: 0, url: null })
  })

  it.each([
    ['', 'missing'],
    ['\u202e\u2800', 'missing'],
    ['x'.repeat(501), 'too_long'],
    [7, 'wrong_type'],
  ])('is told what is wrong with a title: %j', async (title, code) => {
    await posted()
    const answer = await rename(title as string)
    expect(answer.status).toBe(400)
    expect((await answer.json<{ error: object }>()).error).toMatchObject({ code, field: 'title' })
  })

  it('cannot rename a page that is not there', async () => {
    expect((await asOperator('PUT', '/v1/threads/77/title', { title: 'x' })).status).toBe(404)
    expect(await env.DB.prepare('SELECT count(*) AS n FROM events').first('n')).toBe(1)
  })
})
