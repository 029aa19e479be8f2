import { describe, expect, it } from 'vitest'
import { twikoo } from '../../../../worker/importers/formats/twikoo.ts'
import { valine } from '../../../../worker/importers/formats/valine.ts'
import { commentsOf, entriesOf, exported, formatsOf, hasExports, onlyComment } from './reading.ts'

describe('Twikoo', () => {
  const one = {
    _id: 'a1',
    uid: 'u1',
    nick: 'Bo',
    mail: '',
    mailMd5: 'd41d8cd98f00b204e9800998ecf8427e',
    link: '',
    ua: 'Mozilla/5.0',
    ip: '203.0.113.9',
    master: true,
    url: '/p/',
    href: 'https://blog.example/p/#x',
    comment: '<p>Hi <img src="https://x.example/a.png" alt=":smile:"></p>',
    pid: null,
    rid: '',
    isSpam: false,
    created: 1_600_000_000_123,
    updated: 1_600_000_000_123,
    like: ['u2', 'u3'],
    top: true,
  }

  it('is read as an array, as an answer, and as lines of MongoDB', async () => {
    const mongo = {
      ...one,
      _id: { $oid: 'a1' },
      created: { $numberLong: '1600000000123' },
      updated: { $date: '2020-09-13T12:26:40.123Z' },
    }
    for (const source of [[one], { code: 0, data: [one] }, `${JSON.stringify(mongo)}\n`]) {
      const text = typeof source === 'string' ? source : JSON.stringify(source)
      expect(twikoo.detect(text)).toBe(true)
      expect(valine.detect(text)).toBe(false)
      expect(onlyComment(await entriesOf(twikoo, text))).toMatchObject({
        id: 'a1',
        parentId: null,
        page: { address: '/p/' },
        author: { name: 'Bo', email: null, url: null, identity: 'u1', isStaff: true },
        form: 'html',
        createdAt: 1_600_000_000_123,
        status: 'approved',
        decided: false,
        likes: 2,
        pinned: true,
      })
    }
  })

  it.skipIf(!hasExports)('loses nothing of a real export', async () => {
    const text = exported('twikoo-150.json')
    const source: (typeof one)[] = JSON.parse(text).data
    expect(formatsOf(text)).toEqual(['twikoo'])
    const comments = commentsOf(await entriesOf(twikoo, text))
    expect(comments.map((c) => [c.id, c.parentId, c.status, c.createdAt, c.body, c.author.isStaff])).toEqual(
      source.map((c) => [
        c._id,
        c.pid || null,
        c.isSpam ? 'spam' : 'approved',
        c.created,
        c.comment,
        c.master,
      ]),
    )
    expect(comments.filter((c) => c.status === 'spam')).toHaveLength(8)
    const lines = text.split('\n')
    for (const { line, id } of comments) expect(lines.slice(line - 1, line + 2).join('')).toContain(`"${id}"`)
  })
})
