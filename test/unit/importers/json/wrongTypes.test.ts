import { expect, it } from 'vitest'
import { statuses } from '../../../../worker/contract/status.ts'
import type { Entry, SourceTime } from '../../../../worker/importers/entry.ts'
import type { Importer } from '../../../../worker/importers/importer.ts'
import { importers } from '../../../../worker/importers/importers.ts'
import { entriesOf, formatsOf } from './reading.ts'

/** What must never be in an entry: hashes of passwords and addresses, IP addresses, browsers. */
const secret = 'SECRET'
const text = { ua: secret, ip: secret, mailMd5: secret, avatar: secret, password: secret }
const time = '2020-01-01T00:00:00Z'

/** A small file of each format, with all the fields that are read and some that must not be. */
const files: Record<string, object> = {
  valine: [
    {
      ...{
        objectId: '1',
        nick: 'n',
        mail: 'm',
        link: 'l',
        comment: '<p>c</p>',
        url: '/u',
        pid: 'p',
        rid: 'r',
      },
      ...{ insertedAt: { iso: time }, isSpam: false, status: 'approved', sticky: 1, like: 1, user_id: 1 },
      ...text,
    },
  ],
  waline: {
    type: 'waline',
    data: {
      Comment: [{ objectId: 1, nick: 'n', comment: 'c', url: '/u', user_id: 7, insertedAt: time, ...text }],
      Users: [{ objectId: 7, display_name: 'd', email: 'e', url: 'u', type: 'administrator', ...text }],
    },
  },
  twikoo: {
    code: 0,
    data: [
      {
        ...{
          _id: '1',
          uid: 'u',
          nick: 'n',
          mail: '',
          link: 'l',
          master: true,
          url: '/u',
          comment: '<p>c</p>',
        },
        ...{ pid: 'p', isSpam: true, created: 1, like: ['a'], ups: 3, top: true },
        ...text,
      },
    ],
  },
  artalk: [
    {
      ...{ id: '1', rid: '2', content: 'c', is_pending: 'true', is_pinned: 'true', vote_up: '1', nick: 'n' },
      ...{ email: 'e', link: 'l', badge_name: 'b', page_key: '/k', page_title: 't', page_admin_only: 'true' },
      ...{ created_at: '2020-01-01 00:00:00', ...text },
    },
  ],
  remark42: {
    ...{
      id: '1',
      pid: '2',
      text: 't',
      orig: 'o',
      locator: { url: '/u' },
      votes: { a: true },
      score: 1,
      time,
    },
    ...{ edit: { time }, pin: true, delete: false, title: 't', voted_ips: { [secret]: 1 } },
    user: { name: 'n', id: 'i', admin: true, ip: secret, picture: secret },
  },
  commento: {
    version: 1,
    comments: [
      {
        ...{ commentHex: '1', domain: 'd', url: '/u', commenterHex: 'u', markdown: 'm', html: 'h' },
        ...{ parentHex: 'root', score: 1, state: 'approved', creationDate: time, deleted: false },
      },
    ],
    commenters: [{ commenterHex: 'u', email: 'e', name: 'n', link: 'l', photo: secret, isModerator: true }],
  },
  comentario: {
    version: 3,
    pages: [{ id: 'p', path: '/p', title: 't', isReadonly: true }],
    comments: [
      {
        ...{ id: '1', pageId: 'p', parentId: '2', markdown: 'm', html: 'h', createdTime: time, score: 1 },
        ...{ isApproved: true, isDeleted: false, isPending: false, isSticky: true, moderatedTime: time },
        ...{ userCreated: 'u', authorIp: secret, url: 'https://a.example/p#x' },
      },
    ],
    commenters: [{ id: 'u', name: 'n', email: 'e', websiteUrl: 'w', isModerator: true }],
  },
  cusdis: {
    data: {
      commentCount: 1,
      data: [
        {
          ...{ id: '1', parentId: null, by_nickname: 'n', by_email: 'e', content: 'c', createdAt: time },
          ...{ approved: true, moderatorId: 'm', page: { url: '/u', slug: 's', title: 't' } },
          replies: {
            data: [{ id: '2', content: 'r', by_nickname: 'x', approved: false, page: { url: '/u' } }],
          },
        },
      ],
    },
  },
  coral: [
    { id: 's', tenantID: 't', url: '/u', metadata: { title: 't' }, closedAt: { $date: time } },
    { id: 'u', tenantID: 't', username: 'n', email: 'e', role: 'STAFF', ...text },
    {
      ...{ id: '1', tenantID: 't', storyID: 's', parentID: '2', authorID: 'u', status: 'REJECTED' },
      ...{ revisions: [{ body: 'a' }, { body: 'b', createdAt: { $date: time }, metadata: text }] },
      ...{ actionCounts: { REACTION: 2, FLAG: 1 }, createdAt: { $date: time }, deletedAt: null },
    },
  ],
  giscus: {
    data: {
      repository: {
        discussion: {
          ...{ title: 'x', url: 'https://github.com/o/r/discussions/1', body: '# T\n\nhttps://a.example/c' },
          locked: true,
          comments: {
            totalCount: 1,
            nodes: [
              {
                ...{
                  id: '1',
                  body: 'b',
                  author: { login: 'l' },
                  authorAssociation: 'OWNER',
                  createdAt: time,
                },
                ...{ isMinimized: true, minimizedReason: 'SPAM', deletedAt: null, lastEditedAt: time },
                reactionGroups: [{ content: 'THUMBS_UP', users: { totalCount: 2 } }],
                replies: {
                  totalCount: 1,
                  nodes: [{ id: '2', body: 'r', author: null, replyTo: { id: '1' } }],
                },
              },
            ],
          },
        },
      },
    },
  },
  utterances: [
    {
      ...{ url: 'a/1', comments_url: 'a/1/c', number: 1, html_url: 'https://github.com/o/r/issues/1' },
      ...{ title: 'index', body: '', user: { login: 'b' }, locked: true },
    },
    {
      ...{ id: 5, issue_url: 'a/1', html_url: 'h#1', body: 'b', user: { login: 'l' }, created_at: time },
      ...{ author_association: 'MEMBER', reactions: { '+1': 3 } },
    },
  ],
}

const wrong = [
  ...[undefined, null, true, 0, -1, 1e308, '', '0000-00-00 00:00:00', '\u0000', '\ud800'],
  ...[[], [[1]], {}, { iso: 5 }, { $date: {} }, { $oid: [] }, JSON.parse('{"__proto__":{"x":1}}')],
]

/** The file with each of its fields wrong in turn, in each of these ways. */
function* spoilt(file: object): Generator<object> {
  for (const path of pathsIn(file)) {
    for (const value of wrong) {
      const copy = structuredClone(file)
      const holder = path.slice(0, -1).reduce((at: object, key) => Reflect.get(at, key), copy)
      if (value === undefined) Reflect.deleteProperty(holder, path.at(-1) ?? '')
      else Reflect.set(holder, path.at(-1) ?? '', value)
      yield copy
    }
  }
}

function* pathsIn(value: unknown, path: string[] = []): Generator<string[]> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value)) {
    yield [...path, key]
    yield* pathsIn(part, [...path, key])
  }
}

/** What of an entry is not as its type says. */
function flawsOf(entry: Entry): string[] {
  if (JSON.stringify(entry).includes(secret)) return ['secret']
  if (entry.kind === 'broken') return typeof entry.message === 'string' && entry.line > 0 ? [] : ['broken']
  if (entry.kind === 'thread') return entry.page.address ? [] : ['thread']
  const isText = (value: unknown) => value === null || typeof value === 'string'
  const ids = isText(entry.id) && isText(entry.parentId) && entry.line > 0 ? [] : ['ids']
  if (entry.kind === 'leftOut') return ids
  const { author, page, likes, status, createdAt, editedAt } = entry
  const checks = {
    author: typeof author.name === 'string' && [author.email, author.url, author.identity].every(isText),
    booleans: [author.isStaff, entry.decided, entry.pinned].every((value) => typeof value === 'boolean'),
    page: page.address !== '' && typeof page.address === 'string' && typeof page.title === 'string',
    likes: Number.isSafeInteger(likes) && likes >= 0,
    status: statuses.includes(status),
    times: isTime(createdAt) && (editedAt === null || isTime(editedAt)),
  }
  return [...ids, ...Object.entries(checks).flatMap(([name, right]) => (right ? [] : [name]))]
}

function isTime(time: SourceTime) {
  return typeof time === 'number' ? !Number.isNaN(new Date(time).getTime()) : typeof time.local === 'string'
}

for (const [format, file] of Object.entries(files)) {
  it(`reads ${format} with any field of a wrong type, and no secret`, async () => {
    expect(formatsOf(JSON.stringify(file))).toEqual([format])
    const importer = importers.find((one) => one.format === format) as Importer
    const flaws = new Set<string>()
    const whole = await entriesOf(importer, file)
    expect(whole.some(({ kind }) => kind === 'comment')).toBe(true)
    for (const entry of whole) for (const flaw of flawsOf(entry)) flaws.add(flaw)
    for (const spoiled of spoilt(file)) {
      for (const entry of await entriesOf(importer, spoiled)) {
        for (const flaw of flawsOf(entry)) flaws.add(`${flaw} ${JSON.stringify(spoiled)}`)
      }
    }
    expect([...flaws]).toEqual([])
  })

  it(`keeps what a cut-off file of ${format} has, and says that it is cut off`, async () => {
    const importer = importers.find((one) => one.format === format) as Importer
    const source = JSON.stringify(file)
    for (let end = 2; end < source.length; end += 7) {
      const entries = await entriesOf(importer, source.slice(0, end))
      expect(entries.flatMap(flawsOf)).toEqual([])
      expect(entries.some(({ kind }) => kind === 'broken')).toBe(true)
    }
  })
}
