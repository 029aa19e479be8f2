import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { siteExports } from '../../../worker/contract/exports.ts'
import { routes } from '../../../worker/routes.ts'
import { betweenJobs } from '../jobs.ts'
import { addSite } from '../product.ts'
import { type Ask, signedIn } from '../staffed.ts'
import { furnish, type Things } from './furnished.ts'

type Asked = [path: string, body?: unknown]

/**
 * What each route is asked about another site, where its path names no thing of it. Whoever adds such a route says here
 * every way in which it could be asked.
 */
const about: Record<string, (of: Things) => Asked[]> = {
  'GET /v1/session': () => [['/v1/session']],
  'GET /v1/health': () => [['/v1/health']],
  'GET /v1/queue': (of) =>
    ['', '&site=other', `&author=${of.author}`, `&thread=${of.thread}`, `&ids=${of.comment}`, '&q=Words']
      .flatMap((query) => ['all', 'held'].map((tab) => `/v1/queue?tab=${tab}${query}`))
      .map((path): Asked => [path]),
  'GET /v1/queue/counts': (of) => [
    ['/v1/queue/counts?q=Words'],
    ['/v1/queue/counts?site=other&q=Words'],
    [`/v1/queue/counts?author=${of.author}&q=Words`],
  ],
  'PUT /v1/presence': (of) => [
    ['/v1/presence', { inHand: null }],
    ['/v1/presence', { inHand: { commentId: of.comment, siteId: 'other' } }],
  ],
  'POST /v1/decisions': (of) =>
    ['approve', 'reject', 'spam', 'delete', 'restore'].map((action) => [
      '/v1/decisions',
      [{ commentId: of.comment, revision: 1, action }],
    ]),
  'GET /v1/queue/pace': () => [['/v1/queue/pace'], ['/v1/queue/pace?site=other']],
  'GET /v1/flags': () => [
    ...['', 'sort=most', 'reason=illegal', 'site=other', 'site=other&sort=most'].map(
      (of): Asked => [`/v1/flags?${of}`],
    ),
  ],
  'GET /v1/second-looks': () => [['/v1/second-looks?site=other']],
  'GET /v1/muted-reporters': () => [['/v1/muted-reporters'], ['/v1/muted-reporters?site=other']],
  'GET /v1/mentions': () => [['/v1/mentions'], ['/v1/mentions?unseen=true']],
  'GET /v1/mentions/unseen': () => [['/v1/mentions/unseen']],
  'PUT /v1/mentions/seen': () => [['/v1/mentions/seen', { notes: [crypto.randomUUID()] }]],
  'GET /v1/audit-log': (of) =>
    ['', `comment=${of.comment}`, 'site=other', `author=${of.author}`, 'act=site.add', 'person=operator'].map(
      (filter) => [`/v1/audit-log?${filter}`],
    ),
  'GET /v1/exports/audit-log.csv': (of) =>
    ['', 'site=other', `author=${of.author}`].map((filter) => [`/v1/exports/audit-log.csv?${filter}`]),
  'GET /v1/stats/days': () => [['/v1/stats/days'], ['/v1/stats/days?site=other']],
  'GET /v1/stats': () => [['/v1/stats'], ['/v1/stats?site=other']],
  'GET /v1/metrics': () => [['/v1/metrics']],
  'GET /v1/bans': () => [['/v1/bans'], ['/v1/bans?site=other'], ['/v1/bans?q=other.example']],
  'GET /v1/bans/reach': (of) => [
    [`/v1/bans/reach?site=other&kind=author&value=${of.author}`],
    [`/v1/bans/reach?site=blog&kind=author&value=${of.author}`],
    ['/v1/bans/reach?site=blog&kind=domain&value=other.example'],
  ],
  'POST /v1/bans': (of) => [
    ['/v1/bans', { siteId: 'other', kind: 'domain', value: 'spam.example' }],
    ['/v1/bans', { siteId: 'other', kind: 'author', value: of.author }],
    ['/v1/bans', { siteId: 'other', kind: 'author', value: of.author, network: 'address' }],
    ['/v1/bans', { siteId: 'blog', kind: 'author', value: of.author }],
  ],
  'POST /v1/persons/searches': (of) => [
    ['/v1/persons/searches', { author: of.author }],
    ['/v1/persons/searches', { comment: of.comment }],
    ['/v1/persons/searches', { email: 'words-of-other@mail.example' }],
    ['/v1/persons/searches', { name: 'Words of other' }],
  ],
  'GET /v1/letters': () => [['/v1/letters'], ['/v1/letters?site=other']],
  'GET /v1/bulk-acts': () => [['/v1/bulk-acts']],
  'GET /v1/bulk-acts/preview': (of) => [
    ['/v1/bulk-acts/preview?tab=all'],
    ['/v1/bulk-acts/preview?tab=all&site=other'],
    [`/v1/bulk-acts/preview?tab=all&author=${of.author}`],
    [`/v1/bulk-acts/preview?tab=all&ids=${of.comment}`],
  ],
  'POST /v1/bulk-acts': (of) => [
    ['/v1/bulk-acts', { id: crypto.randomUUID(), filter: { site: 'other' }, action: 'spam' }],
    [
      '/v1/bulk-acts',
      {
        ...{ id: crypto.randomUUID(), filter: { site: 'blog' }, action: 'spam' },
        ban: { siteId: 'other', kind: 'author', value: of.author },
      },
    ],
    [
      '/v1/bulk-acts',
      {
        ...{ id: crypto.randomUUID(), filter: { site: 'blog' }, action: 'spam' },
        ban: { siteId: 'blog', kind: 'author', value: of.author },
      },
    ],
  ],
  'GET /v1/sites': () => [['/v1/sites'], ['/v1/sites?cursor=blog']],
  'POST /v1/sites': () => [['/v1/sites', { id: 'other', name: 'Mine', origins: ['https://x.example'] }]],
  'GET /v1/exports/decisions.csv': () => [['/v1/exports/decisions.csv?site=other']],
  ...Object.fromEntries(
    Object.keys(siteExports).map((file) => [
      `GET /v1/exports/${file}`,
      (): Asked[] => [[`/v1/exports/${file}?site=other`], [`/v1/exports/${file}?site=blog`]],
    ]),
  ),
  'GET /v1/exports/hankyo.jsonl': () => [
    ['/v1/exports/hankyo.jsonl'],
    ['/v1/exports/hankyo.jsonl?site=other'],
    ['/v1/exports/hankyo.jsonl?site=blog'],
  ],
  'PATCH /v1/session': () => [['/v1/session', { sites: ['other'] }]],
  'GET /v1/connected-accounts': () => [['/v1/connected-accounts']],
  'GET /v1/notifications': () => [['/v1/notifications']],
  'PATCH /v1/notifications': () => [
    [
      '/v1/notifications',
      {
        sites: [
          { site: 'other', choice: { pace: 'at_once', minutes: 1, hour: 0, held: true, disputed: true } },
        ],
      },
    ],
  ],
  'GET /v1/push-subscriptions': () => [['/v1/push-subscriptions']],
  'POST /v1/push-subscriptions': () => [['/v1/push-subscriptions', {}]],
  'GET /v1/passkeys': () => [['/v1/passkeys']],
  'POST /v1/passkeys/options': () => [['/v1/passkeys/options']],
  'POST /v1/passkeys': () => [['/v1/passkeys', {}]],
  'GET /v1/views': () => [['/v1/views']],
  'POST /v1/views': () => [
    ['/v1/views', { id: view, name: 'Ours now', query: 'tab=spam' }],
    ['/v1/views', { id: crypto.randomUUID(), name: 'x', query: '', shared: { site: 'other' } }],
    ['/v1/views', { id: crypto.randomUUID(), name: 'x', query: '', shared: { site: null } }],
  ],
  'GET /v1/sessions': (of) => [['/v1/sessions'], [`/v1/sessions?staff=${of.person}`]],
  'GET /v1/staff': () => [['/v1/staff'], ['/v1/staff?cursor=Moderator']],
  'POST /v1/staff': () =>
    [['other'], ['blog', 'other'], '*'].map((sites) => [
      '/v1/staff',
      { name: 'Mine', role: 'moderator', sites },
    ]),
  'GET /v1/threads': () => [['/v1/threads?site=other'], ['/v1/threads?site=other&cursor=/a']],
  'GET /v1/thread-moves': () => [['/v1/thread-moves?site=other']],
  'POST /v1/thread-moves': () => [
    ['/v1/thread-moves', { id: crypto.randomUUID(), site: 'other', from: '/post', to: '/ours' }],
    ['/v1/thread-moves', { id: crypto.randomUUID(), site: 'other', from: '/moved', to: '/ours' }],
  ],
  'POST /v1/thread-move-checks': () => [
    ['/v1/thread-move-checks', { site: 'other', moves: [{ from: '/post', to: '/ours' }] }],
  ],
  'POST /v1/page-checks': () => [
    ['/v1/page-checks', { site: 'other', urls: ['https://other.example/'] }],
    ['/v1/page-checks', { site: 'blog', urls: ['https://other.example/'] }],
  ],
  'POST /v1/sitemaps': () => [
    ['/v1/sitemaps', { site: 'other' }],
    ['/v1/sitemaps', { site: 'blog', url: 'https://other.example/sitemap.xml' }],
  ],
  'GET /v1/webhooks': () => [['/v1/webhooks?site=other']],
  'POST /v1/webhooks': () => [
    [
      '/v1/webhooks',
      {
        ...{ site: 'other', kind: 'webhook', name: 'Mine', types: ['comment.held'] },
        config: { url: 'https://x.example/' },
      },
    ],
  ],
  'GET /v1/deliveries': () => [
    ['/v1/deliveries'],
    ['/v1/deliveries?site=other'],
    ['/v1/deliveries?site=other&status=dead'],
    ['/v1/deliveries?site=other&status=delivered'],
  ],
  'GET /v1/imports': () => [['/v1/imports'], ['/v1/imports?site=other']],
  'POST /v1/imports': (of) => [
    ['/v1/imports', { id: of.import, site: 'other', format: 'wxr', file: 'x', total: 1 }],
    ['/v1/imports', { id: crypto.randomUUID(), site: 'other', format: 'wxr', file: 'x', total: 1 }],
    ['/v1/imports', { id: of.import, site: 'blog', format: 'wxr', file: 'x', total: 1 }],
  ],
  'POST /v1/import-checks': (of) => [
    ['/v1/import-checks', { site: 'other', ids: [of.comment], keys: ['/post'] }],
    ['/v1/import-checks', { site: 'blog', ids: [of.comment], keys: [] }],
  ],
  'GET /v1/tokens': () => [['/v1/tokens']],
  'POST /v1/tokens': () => [
    ['/v1/tokens', { name: 'mine', site: 'other' }],
    ['/v1/tokens', { name: 'mine' }],
  ],
}

/** A list that is shared with the staff of the other site. */
const view = '00000000-0000-4000-8000-00000000a11e'

/** The passkey of somebody who works on the other site. */
const passkey = 'a-passkey-of-another-site'

/** Their device that is told by web push. */
const device = 'a-device-of-another-site'

/** Bodies of routes whose path names a thing. */
const bodies: Record<string, unknown> = {
  'PUT /v1/authors/:id/badge': { badge: 'Editor' },
  'PUT /v1/authors/:id/trust': { pinned: 'held' },
  'PATCH /v1/bulk-acts/:id': { state: 'working' },
  'PATCH /v1/imports/:id': { state: 'done' },
  'POST /v1/imports/:id/slices': { threads: [], comments: [] },
  'PATCH /v1/sites/:id': { name: 'Ours now' },
  'PATCH /v1/views/:view': { name: 'Ours now' },
  'PATCH /v1/passkeys/:passkey': { name: 'Ours now' },
  'PATCH /v1/staff/:id': { name: 'Ours now', role: 'moderator', sites: ['blog'] },
  'PATCH /v1/threads/:id': { slowSeconds: 60 },
  'POST /v1/second-looks/:id': { revision: 1, action: 'spam' },
  'PUT /v1/threads/:id/title': { title: 'Ours now' },
}

const asked = routes.filter(
  ({ audience, method, path }) => audience === 'staff' || `${method} ${path}` in about,
)

/** What a route is asked about another site. */
function requestsOf({ method, path, thing }: (typeof asked)[number], of: Things): Asked[] {
  const name = `${method} ${path}`
  const listed = about[name]
  if (!path.includes(':')) return listed?.(of) ?? []
  const at = path
    .replace(':site', of.site)
    .replace(':id', thing ? of[thing] : '')
    .replace(':list', 'spam')
    .replace(':kind', 'webhook')
    .replace(':delivery', of.delivery)
    .replace(':passkey', passkey)
    .replace(':device', device)
    .replace(':view', view)
    .replace(':reporter', of.reporter)
  return [[at, method === 'GET' || method === 'DELETE' ? undefined : (bodies[name] ?? {})]]
}

/** All that the database holds. */
async function everything() {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'
       AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'kept\\_%' ESCAPE '\\'`,
  ).all<{ name: string }>()
  const found: Record<string, unknown> = {}
  for (const { name } of results) found[name] = (await env.DB.prepare(`SELECT * FROM ${name}`).all()).results
  return found
}

it('Every route of staff is asked about another site here', () => {
  for (const { method, path, audience } of asked)
    if (audience === 'staff' && !path.includes(':'))
      expect
        .soft(about, 'A new route: say how it can be asked about another site.')
        .toHaveProperty([`${method} ${path}`])
})

describe.each(['moderator', 'owner'] as const)('To a %s of one site', (role) => {
  let ask: Ask
  let theirs: Things

  beforeEach(async () => {
    await addSite()
    await addSite({ id: 'other', name: 'Another', origins: ['https://other.example'] })
    await furnish('blog', 'https://blog.example')
    theirs = await furnish('other', 'https://other.example')
    await env.DB.prepare(
      `INSERT INTO passkeys (id, staff_id, name, host, public_key, counter, transports, synced, created_at)
       VALUES (?, ?, 'Key of other', 'x', 'x', 0, '[]', 0, 1)`,
    )
      .bind(passkey, theirs.person)
      .run()
    await env.DB.prepare(
      `INSERT INTO push_subscriptions (id, staff_id, endpoint, p256dh, auth, name, created_at)
       VALUES (?, ?, 'https://push.example/1', 'x', 'x', 'Phone of other', 1)`,
    )
      .bind(device, theirs.person)
      .run()
    await env.DB.prepare(
      `INSERT INTO saved_views (id, staff_id, name, query, shared, site_id, created_at)
       VALUES (?, ?, 'View of other', 'q=of+other', 1, 'other', 1)`,
    )
      .bind(view, theirs.person)
      .run()
    ask = (await signedIn('Mika', role, ['blog'])).ask
    // Whoever asks first has the instance make its keys for web push.
    await ask('GET', '/v1/push-subscriptions')
  })

  it('no route tells anything of another site, or changes anything there', () =>
    betweenJobs(async () => {
      const before = await everything()
      const words = ['Words of other', 'Another', 'other.example', 'of other']
      for (const route of asked)
        for (const [path, body] of requestsOf(route, theirs)) {
          const sent = `${route.method} ${path} ${JSON.stringify(body)}`
          const answer = await ask(route.method, path, body)
          const told = await answer.text()
          const named = route.path.includes(':')
          expect.soft([200, 207, 400, 403, 404, 409], sent).toContain(answer.status)
          // An answer that is empty would say that nothing happened there.
          const asksForTheirs = route.method === 'GET' && /[?&]site=other(&|$)/.test(path)
          if (named || asksForTheirs) expect.soft([403, 404], sent).toContain(answer.status)
          for (const secret of [...words, ...Object.values(theirs).filter((id) => id.length > 8)])
            if (!sent.includes(secret)) expect.soft(told, sent).not.toContain(secret)
        }
      expect(await everything()).toEqual(before)
    }))

  it('a ban of another site’s author that is there already tells no words of theirs', async () => {
    await env.DB.prepare(
      `INSERT INTO bans (id, site_id, kind, value, created_at) VALUES ('b', 'blog', 'author', ?, 1)`,
    )
      .bind(theirs.author)
      .run()
    const { items } = await (await ask('GET', '/v1/bans')).json<{
      items: { value: string; author: unknown }[]
    }>()
    expect(items.find(({ value }) => value === theirs.author)).toMatchObject({ author: null })
  })

  it('a list that is asked for one of another site’s things is empty, or is not there', async () => {
    for (const path of [
      '/v1/queue?tab=all&site=other',
      `/v1/queue?tab=all&author=${theirs.author}`,
      `/v1/queue?tab=all&thread=${theirs.thread}`,
      `/v1/queue?tab=all&ids=${theirs.comment}`,
      `/v1/audit-log?comment=${theirs.comment}`,
      '/v1/bans?q=other.example',
      '/v1/flags?site=other',
      '/v1/muted-reporters?site=other',
    ]) {
      const answer = await ask('GET', path)
      const { items = [] } = await answer.json<{ items?: unknown[] }>()
      expect(items, path).toEqual([])
    }
  })
})
