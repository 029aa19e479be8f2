import { beforeEach, describe, expect, it } from 'vitest'
import { languages } from '../../../worker/contract/languages.ts'
import type { Letter, ListedLetter } from '../../../worker/contract/letters.ts'
import { addSite, call, json } from '../product.ts'
import { type Ask, signedIn } from '../staffed.ts'

let ann: Ask

beforeEach(async () => {
  await addSite({ name: 'Blog of Ann', locale: 'de' })
  await addSite({ id: 'news', name: 'News' })
  ann = (await signedIn('Ann', 'moderator', ['blog'])).ask
})

const listed = async (query = '') =>
  (await json<{ items: ListedLetter[] }>(ann('GET', `/v1/letters${query}`))).items

describe('The mails that are sent', () => {
  it('are listed for staff, with their subjects in a language, else in the site’s', async () => {
    const subject = (items: ListedLetter[]) => items.find(({ kind }) => kind === 'mailTest')?.subject
    expect(subject(await listed('?site=blog'))).toBe('Mails von Blog of Ann kommen an')
    expect(subject(await listed('?site=blog&lang=en'))).toBe('Mail from Blog of Ann arrives')
    expect(subject(await listed())).toBe('Mail from Hankyo arrives')
    expect((await listed()).map(({ audience }) => audience)).toContain('reader')
  })

  it('are each shown by an example, in every language', async () => {
    for (const { kind } of await listed())
      for (const lang of languages) {
        const { subject, text, html } = await json<Letter>(
          ann('GET', `/v1/letters/${kind}?lang=${lang}&site=blog`),
        )
        expect(text.split('\n')[0]).toContain('Blog of Ann')
        expect(html).toContain(`<html lang="${lang}"`)
        expect(subject.length).toBeGreaterThan(3)
      }
  })

  it('are shown as a page that runs and fetches nothing, for a frame of the dashboard alone', async () => {
    const answer = await ann('GET', '/v1/letters/newReplies/html?lang=ja&site=blog')
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toMatch(/^sandbox; default-src 'none'; style-src 'unsafe-inline';/)
    expect(policy).toContain("frame-ancestors 'self'")
    expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(await answer.text()).toContain('返信が 2 件あります')
    const dark = await (await ann('GET', '/v1/letters/newReplies/html?scheme=dark')).text()
    expect(dark).toContain('@media all{')
    const light = await (await ann('GET', '/v1/letters/newReplies/html?scheme=light')).text()
    expect(light).toContain('@media not all{')
  })

  it('are told from what is not there, and kept from strangers and from staff of other sites', async () => {
    for (const path of ['/v1/letters/none', '/v1/letters/constructor', '/v1/letters/none/html'])
      expect((await ann('GET', path)).status, path).toBe(404)
    expect((await ann('GET', '/v1/letters?lang=tlh')).status).toBe(400)
    for (const path of ['/v1/letters', '/v1/letters/mailTest', '/v1/letters/mailTest/html']) {
      expect((await ann('GET', `${path}?site=news`)).status, path).toBe(404)
      expect((await ann('GET', `${path}?site=none`)).status, path).toBe(404)
      expect((await call('GET', path)).status, path).toBe(401)
    }
  })
})
