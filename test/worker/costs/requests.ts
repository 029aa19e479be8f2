import { env } from 'cloudflare:workers'
import { decisionPath } from '../../../worker/access/decisionLink.ts'
import { personToken, printOf } from '../../../worker/access/personLink.ts'
import { signLink } from '../../../worker/access/signedLink.ts'
import { siteExports } from '../../../worker/contract/exports.ts'
import { mostOfStatus } from '../../../worker/contract/staffThread.ts'
import { digest, fingerprint } from '../../../worker/crypto.ts'
import type { Env } from '../../../worker/env.ts'
import { partLimits } from '../../../worker/exporters/jsonLines.ts'
import { confirmingToken } from '../../../worker/mail/subscribers.ts'
import { imported } from '../importing.ts'
import { comment, host } from '../product.ts'
import { passkeyOf, pushSubscription } from './credentials.ts'
import {
  askedAddress,
  authorToken,
  crowd,
  idOf,
  importId,
  linkToken,
  ownerSession,
  sessionToken,
  siteToken,
  speaker,
  subscriber,
} from './instance.ts'

/** A request, and what its answer is about. */
export interface Asked {
  path: string
  body?: unknown
  headers?: Record<string, string>
  /** How many things it shows or changes. Unless told, as many as its answer has `items`, or one. */
  lines?: number
}

/** By which Postmark proves itself. */
export const mailEventsPassword = 'p4ssw0rd-of-16-or-more'

const cookie = `__Host-hankyo_session=${sessionToken}`
const origin = { origin: 'https://blog.example' }
const author = { ...origin, authorization: `Bearer ${authorToken}` }
const reader = { ...origin, authorization: 'Bearer a-reader-who-never-wrote-0123456789' }
const operator = { authorization: `Bearer ${env.OPERATOR_KEY}` }

const by =
  (headers: Record<string, string>) =>
  (path: string, body?: unknown, lines?: number): Asked => ({
    ...{ path, headers },
    ...(body !== undefined && { body }),
    ...(lines !== undefined && { lines }),
  })
const anyone = by({})
const asReader = by(reader)
const asAuthor = by(author)
const asStaff = by(operator)
const asSpeaker = by({ ...origin, authorization: `Bearer ${speaker.token}` })
/** Staff of another site, which has nothing. */
const elsewhere = by({ cookie, origin: host })

/** A person whose all sites are. */
const asOwner = by({ cookie: `__Host-hankyo_session=${ownerSession}`, origin: host })

/** A script of an owner of one site. */
const asOwnerOf = by({ authorization: `Bearer ${siteToken}` })

const blog = '/v1/sites/blog'
const thread = `${blog}/thread?key=/1`
const keys = Array.from({ length: 50 }, (_, at) => `key=/${at + 1}`).join('&')
const written = comment({ key: '/1' })
const mine = `${blog}/comments/${idOf(1, 3)}`
const theirs = `${blog}/comments/${idOf(3, 1)}`
const subscriberPath = `/s/${await confirmingToken(env as unknown as Env, subscriber, Date.now())}`
const personPath = `/p/${await personToken(env as unknown as Env, 'person proof', {
  ...{ trace: { of: 'comment', id: idOf(2, 3) }, print: await printOf('mika@mail.example'), once: 'once' },
  expiresAt: Date.now() + 86_400_000,
})}`
const byForm = by({ 'content-type': 'application/x-www-form-urlencoded' })
const expiresAt = Date.now() + 86_400_000
const decisionLink = await decisionPath(env as unknown as Env, {
  ...{ staffId: 'speaker', commentId: idOf(2, 1802), revision: 1, expiresAt },
})
const addressLink = `/m/address/${await signLink(env as unknown as Env, 'staff address', {
  parts: ['speaker', await fingerprint(askedAddress)],
  expiresAt,
})}`
const held = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    commentId: idOf(2, from + 2 * at),
    revision: 1,
    action: 'approve',
  }))

/** Of whom the session is. */
const passkey = await passkeyOf('s2')

const queue = (...queries: string[]) => queries.map((query) => asStaff(`/v1/queue?limit=50&${query}`))

/** The only part of the export of a site that is not there. */
async function partOfAway(): Promise<string> {
  const id = idOf(9, 1)
  const numbers = { comments: 0, threads: 0, authors: 0, imports: 0, events: 0 }
  const head = {
    format: 1,
    schema: '0001_start.sql',
    id,
    at: '',
    site: 'away',
    complete: true,
    comments: 0,
    numbers,
  }
  const site = { id: 'away', name: 'Away', origins: '[]', locale: 'en', policy: 'trusted', created_at: 1 }
  const lines = [{ hankyo: { ...head, secret: null, elsewhere: [] } }, { sites: site }]
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const part = {
    export: id,
    number: 1,
    sha256: await digest(text),
    next: null,
    end: { rows: {}, happened: 0 },
  }
  return `${text}${JSON.stringify({ part })}\n`
}

/** Requests of each route, where it has most to look through. They are made in this order. */
export const requests: Record<string, Asked[]> = {
  'GET /v1/openapi.json': [anyone('/v1/openapi.json')],
  'GET /v1/health': [anyone('/v1/health'), asStaff('/v1/health', undefined, 1000)],
  'GET /v1/search-index': [asStaff('/v1/search-index')],
  // So many comments at a time.
  'POST /v1/search-index': [asStaff('/v1/search-index', undefined, 200)],
  // A new name is compared with those of all staff, and so is who gets all sites.
  'POST /v1/sign-in-links': [asStaff('/v1/sign-in-links', { name: 'Owner' }, 1000)],
  'GET /v1/notifications': [elsewhere('/v1/notifications')],
  'PATCH /v1/notifications': [elsewhere('/v1/notifications', { quiet: { from: 22, until: 7 } })],
  'GET /v1/push-subscriptions': [elsewhere('/v1/push-subscriptions')],
  'POST /v1/push-subscriptions': [elsewhere('/v1/push-subscriptions', pushSubscription)],
  'POST /v1/push-subscriptions/:device/test': [elsewhere('/v1/push-subscriptions/device-1/test')],
  'DELETE /v1/push-subscriptions/:device': [elsewhere('/v1/push-subscriptions/device-1')],
  'GET /v1/passkeys': [elsewhere('/v1/passkeys')],
  'POST /v1/passkeys/options': [elsewhere('/v1/passkeys/options')],
  'POST /v1/passkeys': [elsewhere('/v1/passkeys', { credential: passkey.credential })],
  'POST /v1/session/passkey-options': [anyone('/v1/session/passkey-options')],
  'POST /v1/session': [
    by({ origin: host })('/v1/session', { token: linkToken }),
    by({ origin: host })('/v1/session', { passkey: passkey.assertion }),
  ],
  'GET /v1/session/ways': [anyone('/v1/session/ways')],
  'POST /v1/session/ways/:provider': [by({ origin: host })('/v1/session/ways/desk')],
  'GET /v1/connected-accounts': [elsewhere('/v1/connected-accounts')],
  'POST /v1/connected-accounts/:provider': [elsewhere('/v1/connected-accounts/desk')],
  'DELETE /v1/connected-accounts/:account': [elsewhere('/v1/connected-accounts/account-1')],
  'PATCH /v1/passkeys/:passkey': [elsewhere(`/v1/passkeys/${passkey.id}`, { name: 'Phone' })],
  'DELETE /v1/passkeys/:passkey': [elsewhere(`/v1/passkeys/${passkey.id}`)],
  'GET /v1/session': [elsewhere('/v1/session')],
  'POST /v1/views': [elsewhere('/v1/views', { id: idOf(9, 8), name: 'Spam', query: 'tab=spam' })],
  'GET /v1/views': [elsewhere('/v1/views')],
  'PATCH /v1/views/:view': [elsewhere(`/v1/views/${idOf(9, 8)}`, { name: 'All spam' })],
  'DELETE /v1/views/:view': [elsewhere(`/v1/views/${idOf(9, 8)}`)],

  'GET /v1/sites/:site/thread': [
    ...[thread, `${thread}&sort=newest`, `${thread}&sort=top`].map((path) => anyone(path)),
    ...[`${thread}&around=${idOf(1, 3003)}`, `${thread}&cursor=r0.${idOf(1, 3003)}`].map((path) =>
      anyone(path),
    ),
    ...[`${thread}&since=5900`, `${thread}&since=6000`].map((path) => anyone(path)),
  ],
  'GET /v1/sites/:site/thread.html': [anyone(`${blog}/thread.html?key=/1`, undefined, 50)],
  'GET /t/:site': [anyone('/t/blog?key=/1', undefined, 50)],
  'GET /v1/sites/:site/counts': [anyone(`${blog}/counts?${keys}`, undefined, 50)],
  'GET /v1/sites/:site/feed.atom': [anyone(`${blog}/feed.atom`, undefined, 50)],
  'GET /v1/sites/:site/feed.json': [anyone(`${blog}/feed.json`), anyone(`${blog}/feed.json?key=/1`)],
  'POST /v1/sites/:site/challenges': [asReader(`${blog}/challenges`, { id: idOf(9, 9) })],
  'POST /v1/sites/:site/subscriptions': [
    asReader(`${blog}/subscriptions`, {
      ...{ email: 'mika@mail.example', key: '/1', url: 'https://blog.example/1', locale: 'en' },
      ...{ kinds: ['replies', 'thread'], commentId: idOf(3, 1) },
    }),
  ],
  'GET /m/:token': [anyone(decisionLink)],
  'POST /m/:token': [byForm(decisionLink, 'action=approve&status=pending')],
  'GET /m/address/:token': [anyone(addressLink)],
  'POST /m/address/:token': [byForm(addressLink, '')],
  'GET /s/:token': [anyone(subscriberPath)],
  'POST /s/:token': [
    by({ 'content-type': 'application/x-www-form-urlencoded' })(
      subscriberPath,
      'act=confirm&shownAt=2&commentSeq=0&threadKey=/1',
    ),
    by({ 'content-type': 'application/x-www-form-urlencoded' })(subscriberPath, 'act=endAll'),
  ],
  'POST /v1/sites/:site/comments': [asAuthor(`${blog}/comments`, written)],
  'POST /t/:site': [
    by({ origin: 'https://blog.example', 'content-type': 'application/x-www-form-urlencoded' })(
      '/t/blog',
      new URLSearchParams({
        key: '/1',
        id: idOf(9, 8),
        name: 'Mika',
        body: 'By a form',
        page: 'https://blog.example/1',
      }).toString(),
      50,
    ),
  ],

  'GET /v1/sites/:site/comments/:id': [asAuthor(mine)],
  'PATCH /v1/sites/:site/comments/:id': [
    asAuthor(`${blog}/comments/${written.id}`, { revision: 1, body: 'Better' }),
  ],
  // With it goes the wish to be told of it.
  'DELETE /v1/sites/:site/comments/:id': [asAuthor(mine, undefined, 2)],
  'POST /v1/sites/:site/comments/:id/appeal': [
    asAuthor(`${blog}/comments/${idOf(1, 1)}/appeal`, { note: 'No' }),
  ],
  'PUT /v1/sites/:site/comments/:id/like': [asReader(`${blog}/comments/${idOf(1, 4)}/like`)],
  'DELETE /v1/sites/:site/comments/:id/like': [asReader(`${blog}/comments/${idOf(1, 4)}/like`)],
  'POST /v1/sites/:site/comments/:id/flags': [asReader(`${theirs}/flags`, { reason: 'spam' })],

  'GET /v1/queue': [
    ...queue('site=blog&sort=hardest', 'site=blog&sort=fine'),
    ...['held', 'spam', 'all'].flatMap((tab) =>
      queue(
        ...['', '&site=blog', '&site=blog&thread=1', '&site=blog&thread=1&q=number'].map(
          (of) => `tab=${tab}${of}`,
        ),
      ),
    ),
    // Each with a report.
    ...['', '&site=blog', '&site=blog&thread=1', '&site=blog&thread=1&q=number'].map((of) =>
      asStaff(`/v1/queue?limit=50&tab=flagged${of}`, undefined, 2 * 50),
    ),
    // A hundredth of what they wrote, and nothing of it.
    ...queue('tab=held&author=a1', 'tab=spam&site=blog&author=a1', 'tab=appeals&author=a1'),
    ...queue('tab=all&site=blog&author=a1', 'tab=held&site=blog&cursor=9000', 'tab=spam&cursor=9001'),
    ...['tab=all', 'tab=held&site=blog', 'tab=all&author=a1', 'tab=all&thread=1'].flatMap((of) =>
      queue(...['nowhere', 'number -12', 'status:spam', 'lang:ja', 'author:mika'].map((q) => `${of}&q=${q}`)),
    ),
    // Single letters narrow nothing down, so that three pages are looked at.
    asStaff('/v1/queue?tab=all&q=m 7&limit=50', undefined, 3 * 50),
    ...['held', 'all'].map((tab) => elsewhere(`/v1/queue?tab=${tab}`)),
  ],
  // Of each of five tabs, a hundred at most.
  'GET /v1/queue/counts': [asStaff('/v1/queue/counts?q=number', undefined, 500)],
  // A page of twenty comments, each with two reports.
  'GET /v1/flags': [
    elsewhere('/v1/flags'),
    ...['', '?sort=most', '?site=blog', '?site=blog&sort=most', '?site=blog&sort=most&cursor=3~4000'].map(
      (of) => asStaff(`/v1/flags${of}`, undefined, 60),
    ),
    ...['?reason=illegal', '?reason=illegal&site=blog&sort=most', '?reason=off_topic'].map((of) =>
      asStaff(`/v1/flags${of}`, undefined, 20),
    ),
  ],
  'GET /v1/muted-reporters': [
    elsewhere('/v1/muted-reporters'),
    ...['', '?site=blog', '?cursor=3000~reporter-3000'].map((of) => asStaff(`/v1/muted-reporters${of}`)),
  ],
  'GET /v1/second-looks': [asStaff('/v1/second-looks?site=blog')],
  'POST /v1/second-looks/:id': (['approve', 'spam'] as const).map((action, at) =>
    asStaff(`/v1/second-looks/${idOf(1, 17 + at)}`, { revision: 1, action }),
  ),
  'PUT /v1/sites/:site/reporters/:reporter/mute': [asStaff(`${blog}/reporters/reader%201%20of%20102/mute`)],
  'DELETE /v1/sites/:site/reporters/:reporter/mute': [asStaff(`${blog}/reporters/reporter-5/mute`)],
  'GET /v1/queue/pace': [
    // Beside acts, it looks at twenty comments that came.
    ...['', '?site=blog'].map((of) => asStaff(`/v1/queue/pace${of}`, undefined, 20)),
    elsewhere('/v1/queue/pace', undefined, 20),
  ],
  'PUT /v1/presence': [asStaff('/v1/presence', { inHand: { commentId: idOf(1, 3), siteId: 'blog' } })],
  'POST /v1/decisions': [
    asStaff('/v1/decisions', held(2, 1)),
    // Each changes its comment, author and lesson, adds an event and itself, and looks who is told of it.
    asStaff('/v1/decisions', held(1002, 100), 600),
  ],
  'DELETE /v1/decisions/:id': [asStaff('/v1/decisions/d-1-2010')],
  'POST /v1/comments/:id/replies': [
    // Two decisions, each with its comment, author and event, and what is shown of it.
    asStaff(
      `/v1/comments/${idOf(2, 21)}/replies`,
      { id: idOf(9, 7), body: 'Thank you.', approve: true, revision: 1 },
      10,
    ),
  ],
  'GET /v1/bulk-acts/preview': [
    asStaff('/v1/bulk-acts/preview?tab=held&site=blog', undefined, 2000),
    asStaff('/v1/bulk-acts/preview?tab=all&author=a1&q=nowhere', undefined, 2000),
  ],
  'POST /v1/bulk-acts': [
    asStaff('/v1/bulk-acts', { id: idOf(9, 7), filter: { tab: 'held', site: 'blog' }, action: 'spam' }),
  ],
  'GET /v1/bulk-acts': [asStaff('/v1/bulk-acts'), elsewhere('/v1/bulk-acts')],
  'GET /v1/bulk-acts/:id': [asStaff(`/v1/bulk-acts/${idOf(9, 7)}`)],
  'GET /v1/bulk-acts/:id/comments': [asStaff(`/v1/bulk-acts/${idOf(9, 7)}/comments`)],
  'PATCH /v1/bulk-acts/:id': [asStaff(`/v1/bulk-acts/${idOf(9, 7)}`, { state: 'stopped' })],
  'DELETE /v1/bulk-acts/:id': [asStaff(`/v1/bulk-acts/${idOf(9, 7)}`)],
  'PUT /v1/comments/:id/pin': [asStaff(`/v1/comments/${idOf(1, 5)}/pin`)],
  'DELETE /v1/comments/:id/pin': [asStaff(`/v1/comments/${idOf(1, 5)}/pin`)],
  'GET /v1/comments/:id': [asStaff(`/v1/comments/${idOf(1, 7)}`)],
  'PATCH /v1/comments/:id': [asStaff(`/v1/comments/${idOf(1, 7)}`, { body: 'Mended', revision: 1 })],
  'POST /v1/comments/:id/notes': [
    asStaff(`/v1/comments/${idOf(1, 7)}/notes`, { id: idOf(8, 1), body: 'To @Staff 7' }),
  ],
  'GET /v1/comments/:id/notes': [asStaff(`/v1/comments/${idOf(1, 7)}/notes`)],
  'DELETE /v1/comments/:id/notes/:note': [asStaff(`/v1/comments/${idOf(1, 7)}/notes/${idOf(8, 1)}`)],
  // Of the latest comments, so many are counted.
  'GET /v1/authors/:id': [
    asStaff('/v1/authors/a1', undefined, 200),
    asStaff('/v1/authors/a2', undefined, 200),
  ],
  'PUT /v1/authors/:id/trust': [asStaff('/v1/authors/a1/trust', { pinned: 'held' })],
  'GET /v1/authors/:id/export': [
    asStaff('/v1/authors/a1/export', undefined, 200),
    asStaff('/v1/authors/a2/export', undefined, 200),
  ],
  'GET /v1/authors/:id/export.md': [asStaff('/v1/authors/a1/export.md', undefined, 200)],
  'POST /v1/authors/:id/notes': [asStaff('/v1/authors/a1/notes', { id: idOf(8, 2), body: 'To @Staff 7' })],
  'GET /v1/authors/:id/notes': [asStaff('/v1/authors/a1/notes')],
  'DELETE /v1/authors/:id/notes/:note': [asStaff(`/v1/authors/a1/notes/${idOf(8, 2)}`)],
  'GET /v1/authors/:id/erasure': [
    asStaff('/v1/authors/a1/erasure', undefined, 2000),
    asStaff('/v1/authors/a4/erasure'),
  ],
  // So many comments are counted beforehand.
  'GET /v1/authors/:id/quotes': [asStaff('/v1/authors/a1/quotes', undefined, 100)],
  'DELETE /v1/authors/:id': [asStaff('/v1/authors/a3', undefined, 3000), asStaff('/v1/authors/a4')],
  // Of the latest comments of an author, so many are looked at for addresses.
  'GET /p': [anyone('/p')],
  'POST /p': [byForm('/p', 'email=mika@mail.example')],
  'GET /p/:token': [anyone(personPath)],
  'POST /p/:token': [byForm(personPath, 'act=open', 1200)],
  'POST /v1/persons/searches': [
    asStaff('/v1/persons/searches', { author: 'a1' }, 200),
    asStaff('/v1/persons/searches', { email: 'mika@mail.example' }, 200),
    asStaff('/v1/persons/searches', { comment: idOf(1, 3) }, 100),
    asStaff('/v1/persons/searches', { token: authorToken }, 100),
    asStaff('/v1/persons/searches', { name: 'Mika' }, 600),
  ],
  'GET /v1/threads': [asStaff('/v1/threads?site=blog')],
  'GET /v1/threads/:id': [
    // Of each status, so many at most.
    asStaff('/v1/threads/1', undefined, 5 * mostOfStatus),
  ],
  'PATCH /v1/threads/:id': [asStaff('/v1/threads/1', { slowSeconds: 60, closeAfterDays: 30 })],
  'GET /v1/mentions': [elsewhere('/v1/mentions'), elsewhere('/v1/mentions?unseen=true')],
  'GET /v1/mentions/unseen': [elsewhere('/v1/mentions/unseen')],
  'PUT /v1/mentions/seen': [elsewhere('/v1/mentions/seen', { notes: [idOf(8, 3)] })],
  'GET /v1/sites/:site/colleagues': [asStaff(`${blog}/colleagues`)],
  'POST /v1/threads/:id/closure': [asStaff('/v1/threads/1/closure')],
  'DELETE /v1/threads/:id/closure': [asStaff('/v1/threads/1/closure')],
  'POST /v1/threads/:id/check': [asStaff('/v1/threads/1/check')],
  'DELETE /v1/threads/:id/check': [asStaff('/v1/threads/1/check')],
  'PUT /v1/threads/:id/title': [asStaff('/v1/threads/1/title', { title: 'Another' })],
  'GET /v1/audit-log': [
    elsewhere('/v1/audit-log'),
    asStaff('/v1/audit-log'),
    asStaff('/v1/audit-log?cursor=4000'),
    asStaff(`/v1/audit-log?comment=${idOf(1, 7)}`),
    ...[
      'person=s1',
      'person=screening',
      'act=comment.reject',
      'act=comment.spam',
      'author=a1',
      'site=blog',
    ].map((of) => asStaff(`/v1/audit-log?${of}`)),
    ...['act=comment.spam&cursor=4000', 'author=a2&act=comment.spam', 'site=last&act=comment.spam'].map(
      (of) => asStaff(`/v1/audit-log?${of}`),
    ),
    ...['', '&act=comment.spam', '&site=last'].map((of) =>
      asStaff(`/v1/audit-log?to=2999-01-01T00:00Z${of}`),
    ),
    asStaff('/v1/audit-log?to=2001-01-01T00:00Z'),
    asStaff(`/v1/audit-log?bulk=${idOf(9, 9)}`),
  ],
  // It ends after 20,000 lines.
  'GET /v1/exports/audit-log.csv': [
    asStaff('/v1/exports/audit-log.csv', undefined, Math.min(20_000, 2 * crowd)),
  ],
  // It looks at the columns of all tables.
  'POST /v1/restores': [asStaff('/v1/restores?site=away', await partOfAway(), 100)],
  'POST /v1/mail/tests': [asStaff('/v1/mail/tests', { to: 'mika@mail.example' })],
  'POST /v1/mail/events/:provider': [
    by({ authorization: `Basic ${btoa(`hook:${mailEventsPassword}`)}` })('/v1/mail/events/postmark', {
      ...{ RecordType: 'Bounce', Inactive: true, Email: 'mika@mail.example' },
    }),
  ],
  'GET /v1/letters': [elsewhere('/v1/letters'), asStaff('/v1/letters?site=blog&lang=ja')],
  'GET /v1/letters/:kind': [asStaff('/v1/letters/newReplies?site=blog')],
  'GET /v1/letters/:kind/html': [asStaff('/v1/letters/newReplies/html?site=blog')],
  'GET /v1/stats': [elsewhere('/v1/stats'), asStaff('/v1/stats'), asStaff('/v1/stats?site=blog')],
  'GET /v1/stats/days': [
    elsewhere('/v1/stats/days'),
    asStaff('/v1/stats/days'),
    asStaff('/v1/stats/days?site=blog&from=2026-01-01&to=2026-12-31'),
  ],
  'GET /v1/metrics': [asStaff('/v1/metrics', undefined, 1001)],
  'GET /v1/bans': [
    ...['', '?site=blog', '?q=1', '?q=1.example&site=blog', '?q=203.0.113.7'].map((of) =>
      asStaff(`/v1/bans${of}`),
    ),
  ],
  'GET /v1/bans/reach': [
    ...['kind=author&value=a1a1a1a1', 'kind=domain&value=1.example'].map((of) =>
      asStaff(`/v1/bans/reach?site=blog&${of}`),
    ),
    asStaff('/v1/bans/reach?site=blog&kind=address&value=203.0.0.0/16', undefined, 256),
  ],
  'POST /v1/bans': [asStaff('/v1/bans', { siteId: 'blog', kind: 'domain', value: 'spam.example' })],
  'DELETE /v1/bans/:id': [asStaff('/v1/bans/ban-9')],
  'GET /v1/authors/:id/networks': [asStaff('/v1/authors/a1/networks?site=blog')],
  'GET /v1/sites/:site/word-lists': [asStaff(`${blog}/word-lists`)],
  'GET /v1/sites/:site/word-lists/:list/matches': [
    asStaff(`${blog}/word-lists/spam/matches`, undefined, 200),
    asStaff(`${blog}/word-lists/domains/matches?cursor=9000`, undefined, 200),
  ],
  'PUT /v1/sites/:site/word-lists/:list': [asStaff(`${blog}/word-lists/hold`, { entries: ['word'] })],
  'POST /v1/sites/:site/voices': [
    by({ cookie: `__Host-hankyo_session=${speaker.session}`, origin: host })(`${blog}/voices`),
  ],
  'POST /v1/sites/:site/voice': [asReader(`${blog}/voice`, { code: speaker.code })],
  'POST /v1/sites/:site/voice/comments': [
    // A comment with its author, a decision and an event.
    asSpeaker(
      `${blog}/voice/comments`,
      { id: idOf(9, 6), key: '/1', url: 'https://blog.example/1', title: '', body: 'By the desk.' },
      5,
    ),
  ],
  'DELETE /v1/sites/:site/voice': [asSpeaker(`${blog}/voice`)],
  'GET /v1/sites/:site/reasons': [asStaff(`${blog}/reasons`)],
  'PUT /v1/sites/:site/reasons': [asStaff(`${blog}/reasons`, { reasons: [{ code: 'abuse', texts: {} }] })],
  'GET /v1/sites/:site/saved-answers': [asStaff(`${blog}/saved-answers`)],
  'PUT /v1/sites/:site/saved-answers': [
    asStaff(`${blog}/saved-answers`, { answers: [{ title: 'Thanks', texts: { en: 'Thank you.' } }] }),
  ],
  'POST /v1/sites/:site/policy-preview': [asStaff(`${blog}/policy-preview`, {}, 19)],
  'POST /v1/sites/:site/retention-preview': [
    asStaff(
      `${blog}/retention-preview`,
      { settings: { emailDays: 30, noteDays: 30, deliveryDays: 30 } },
      2_000,
    ),
    asStaff(`${blog}/retention-preview`, { settings: { spamDays: 30 } }, 12_000),
  ],
  'GET /v1/sites': [elsewhere('/v1/sites'), asStaff('/v1/sites')],
  'POST /v1/sites': [
    asStaff('/v1/sites', { id: 'new', name: 'New', origins: ['https://new.example'], locale: 'en' }),
  ],
  'PATCH /v1/sites/:id': [asStaff(blog, { name: 'Another' })],
  'GET /v1/sites/:id/sightings': [asStaff(`${blog}/sightings`)],
  'POST /v1/sites/:id/archive': [asStaff(`${blog}/archive`)],
  'DELETE /v1/sites/:id/archive': [asStaff(`${blog}/archive`)],
  'GET /v1/sites/:site/screeners': [asStaff(`${blog}/screeners`)],
  'PUT /v1/sites/:site/screeners/:kind': [
    asStaff(`${blog}/screeners/webhook`, { url: 'https://screener.example/' }),
  ],
  'DELETE /v1/sites/:site/screeners/:kind': [asStaff(`${blog}/screeners/webhook`)],
  'PUT /v1/sites/:site/turnstile': [asStaff(`${blog}/turnstile`, { secret: '0123456789abcdef' })],
  'DELETE /v1/sites/:site/turnstile': [asStaff(`${blog}/turnstile`)],
  'PUT /v1/authors/:id/badge': [asStaff('/v1/authors/a3/badge', { badge: 'Editor' })],
  'GET /v1/exports/decisions.csv': [asStaff('/v1/exports/decisions.csv?site=blog', undefined, 120)],
  // So many comments a part.
  ...Object.fromEntries(
    Object.keys(siteExports).map((file) => [
      `GET /v1/exports/${file}`,
      [asStaff(`/v1/exports/${file}?site=blog`, undefined, 500)],
    ]),
  ),
  // It looks at so many rows a part.
  'GET /v1/exports/hankyo.jsonl': [
    asStaff('/v1/exports/hankyo.jsonl', undefined, partLimits.rows),
    asStaff('/v1/exports/hankyo.jsonl?site=blog', undefined, partLimits.rows),
  ],
  'PATCH /v1/session': [elsewhere('/v1/session', { locale: 'ja' })],
  'GET /v1/sessions': [elsewhere('/v1/sessions'), asStaff('/v1/sessions?staff=s7')],
  'DELETE /v1/sessions/:id': [asStaff('/v1/sessions/session-7')],
  // A hundred people, each with their sites, their address, and what stands against it.
  'GET /v1/staff': [
    asStaff('/v1/staff', undefined, 150),
    asStaff('/v1/staff?cursor=Staff 5', undefined, 150),
    asOwnerOf('/v1/staff'),
  ],
  'POST /v1/staff': [asStaff('/v1/staff', { name: 'New', role: 'moderator', sites: ['blog'] })],
  'PATCH /v1/staff/:id': [asStaff('/v1/staff/s8', { role: 'owner', sites: '*' }, 1000)],
  'POST /v1/staff/:id/link': [asStaff('/v1/staff/s8/link')],
  'DELETE /v1/staff/:id': [asStaff('/v1/staff/s9')],
  // Nobody answers there.
  'POST /v1/page-checks': [asStaff('/v1/page-checks', { site: 'blog', urls: ['https://blog.example/1'] })],
  'POST /v1/sitemaps': [asStaff('/v1/sitemaps', { site: 'blog' })],
  'GET /v1/imports': [asStaff('/v1/imports'), asStaff('/v1/imports?site=blog'), asOwnerOf('/v1/imports')],
  'POST /v1/imports': [
    asStaff('/v1/imports', {
      ...{ id: crypto.randomUUID(), site: 'blog', format: 'wxr', file: 'old.xml', total: 9 },
    }),
  ],
  'POST /v1/import-checks': [
    asStaff(
      '/v1/import-checks',
      { site: 'blog', ids: [idOf(1, 1), idOf(1, 2), idOf(1, 3)], keys: ['/1', '/2', '/3'] },
      6,
    ),
  ],
  'POST /v1/thread-move-checks': [
    asStaff(
      '/v1/thread-move-checks',
      {
        site: 'blog',
        moves: [
          { from: '/1', to: '/2' },
          { from: '/3', to: '/none' },
        ],
      },
      2,
    ),
  ],
  // Two hundred comments at a time: each is looked at, and its places in the lists of both threads are written.
  'POST /v1/thread-moves': [
    asStaff('/v1/thread-moves', { id: idOf(9, 11), site: 'blog', from: '/2', to: '/3' }, 400),
    asStaff('/v1/thread-moves', { id: idOf(9, 12), site: 'blog', from: '/4', to: '/moved' }),
  ],
  'GET /v1/thread-moves': [asStaff('/v1/thread-moves?site=blog')],
  'GET /v1/thread-moves/:id': [asStaff(`/v1/thread-moves/${idOf(9, 11)}`)],
  'DELETE /v1/thread-moves/:id': [
    asStaff(`/v1/thread-moves/${idOf(9, 12)}`),
    asStaff(`/v1/thread-moves/${idOf(9, 11)}`, undefined, 400),
  ],
  'GET /v1/imports/:id': [asStaff(`/v1/imports/${importId(1)}`)],
  'POST /v1/imports/:id/slices': [
    asStaff(
      `/v1/imports/${importId(1)}/slices`,
      {
        threads: [{ key: '/old', url: '', title: 'Old', closed: false }],
        comments: Array.from({ length: 100 }, () => imported()),
      },
      300,
    ),
  ],
  'PATCH /v1/imports/:id': [asStaff(`/v1/imports/${importId(1)}`, { state: 'stopped' })],
  'DELETE /v1/imports/:id': [asStaff(`/v1/imports/${importId(2)}`)],
  'GET /v1/webhooks': [asStaff('/v1/webhooks?site=blog')],
  'POST /v1/webhooks': [
    asStaff('/v1/webhooks', {
      ...{ site: 'blog', kind: 'webhook', name: 'Hook', types: ['comment.held'] },
      config: { url: 'https://hook.example/' },
    }),
  ],
  'PATCH /v1/webhooks/:id': [asStaff('/v1/webhooks/hook-1', { paused: true })],
  'POST /v1/webhooks/:id/test': [asStaff('/v1/webhooks/hook-1/test', {})],
  'POST /v1/webhooks/:id/secret': [asStaff('/v1/webhooks/hook-1/secret', {})],
  'DELETE /v1/webhooks/:id': [asStaff('/v1/webhooks/hook-2')],
  'GET /v1/deliveries': ['waiting', 'delivered', 'dead'].flatMap((status) =>
    ['site=blog&', ''].map((site) => asStaff(`/v1/deliveries?${site}status=${status}`)),
  ),
  'GET /v1/outbox/mails/:mail': [asOwner('/v1/outbox/mails/some')],
  'GET /v1/outbox/mails/:mail/html': [asOwner('/v1/outbox/mails/some/html')],
  'POST /v1/deliveries/:delivery/retry': [asStaff('/v1/deliveries/blog~2/retry', {})],
  'GET /v1/tokens': [asStaff('/v1/tokens'), asStaff('/v1/tokens?cursor=1~token-3'), asOwnerOf('/v1/tokens')],
  'POST /v1/tokens': [asStaff('/v1/tokens', { name: 'script' })],
  'DELETE /v1/tokens/:id': [asStaff('/v1/tokens/token-1')],
  'DELETE /v1/session': [elsewhere('/v1/session')],
  // The first of its comments, each with what hangs on it.
  'DELETE /v1/sites/:id': [asStaff(blog, undefined, 2650)],
  'DELETE /v1/search-index': [asStaff('/v1/search-index')],
}
