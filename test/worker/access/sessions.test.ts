import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Session, SessionOfPerson } from '../../../worker/contract/session.ts'
import type { MadeLink } from '../../../worker/contract/staff.ts'
import { addSite, asOperator, json } from '../product.ts'
import { type Ask, bySession, follow, signedIn } from '../staffed.ts'

const day = 86_400_000

beforeEach(() => addSite())

const row = () => env.DB.prepare('SELECT * FROM sessions').first<Record<string, number>>()
const seen = (ago: number) =>
  env.DB.prepare('UPDATE sessions SET seen_at = ?1, expires_at = ?1 + ?2')
    .bind(Date.now() - ago, 30 * day)
    .run()

describe('A session', () => {
  it('lasts 30 days from when it was used last, and says so', async () => {
    const { ask } = await signedIn('Mika', 'moderator')
    await seen(20 * day)
    const { expiresAt } = await json<Session>(ask('GET', '/v1/session'))
    const left = Date.parse(expiresAt as string) - Date.now()
    expect(Math.round(left / day)).toBe(30)
    expect((await row())?.expires_at).toBe(Date.parse(expiresAt as string))
    await seen(31 * day)
    expect((await ask('GET', '/v1/session')).status).toBe(401)
  })

  it('writes no row for its uses within an hour', async () => {
    const { ask } = await signedIn('Mika', 'moderator')
    await seen(3_500_000)
    const before = await row()
    await ask('GET', '/v1/queue')
    expect(await row()).toEqual(before)
  })
})

const sessions = async (ask: Ask, query = '') =>
  (await json<Page<SessionOfPerson>>(ask('GET', `/v1/sessions${query}`))).items

describe('The list of sessions', () => {
  const phone = {
    timeZone: 'Asia/Tokyo',
    agent: 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
  }

  /** Signs somebody in on their phone, too. */
  async function onPhone(id: string) {
    const { link } = await json<MadeLink>(asOperator('POST', `/v1/staff/${id}/link`), 201)
    return bySession(await follow(link, phone))
  }

  it('tells one’s own apart by device and time, and each can be ended', async () => {
    const { id, ask } = await signedIn('Mika', 'moderator', ['blog'])
    await signedIn('Nina', 'moderator', ['blog'])
    const other = await onPhone(id)
    const list = await sessions(ask)
    expect(list).toHaveLength(2)
    const lost = list.find(({ current }) => !current)
    expect(lost).toMatchObject({ browser: 'Firefox', system: 'Android', timeZone: 'Asia/Tokyo' })
    expect((await ask('DELETE', `/v1/sessions/${lost?.id}`)).status).toBe(204)
    expect((await other('GET', '/v1/session')).status).toBe(401)
    expect((await ask('DELETE', `/v1/sessions/${lost?.id}`)).status).toBe(404)
    expect(await sessions(ask)).toMatchObject([{ current: true }])
    expect((await log())[0]).toMatchObject({ act: 'session.end', actor: { name: 'Mika' }, details: {} })
  })

  it('is an owner’s to see and end of those whom they may remove', async () => {
    const { ask: owner } = await signedIn('Olga', 'owner')
    const { id, ask } = await signedIn('Mika', 'moderator', ['blog'])
    const { id: nina, ask: asNina } = await signedIn('Nina', 'moderator', ['blog'])
    const [one] = await sessions(owner, `?staff=${id}`)
    expect(one).toMatchObject({ current: false })
    // Who moderates sees no one else's.
    expect((await asNina('GET', `/v1/sessions?staff=${id}`)).status).toBe(404)
    expect((await asNina('DELETE', `/v1/sessions/${one?.id}`)).status).toBe(404)
    expect(await sessions(asNina, `?staff=${nina}`)).toHaveLength(1)
    expect((await owner('DELETE', `/v1/sessions/${one?.id}`)).status).toBe(204)
    expect((await ask('GET', '/v1/session')).status).toBe(401)
    expect((await log())[0]).toMatchObject({ actor: { name: 'Olga' }, details: { name: 'Mika' } })
  })
})

const log = async () => (await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))).items
