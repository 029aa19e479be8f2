import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DeliveryItem } from '../../../worker/contract/deliveries.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Notifications } from '../../../worker/contract/notifications.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Person } from '../../../worker/contract/staff.ts'
import type { Env } from '../../../worker/env.ts'
import { fetchIn } from '../jobs.ts'
import { open, press } from '../linked.ts'
import { atHost, deliverDue, linksIn, mails, readAll } from '../mails.ts'
import { addSite, asOperator, call, host, json } from '../product.ts'
import { type Ask, bySession, follow, invite, signedIn } from '../staffed.ts'

beforeEach(async () => {
  await addSite()
  await addSite({ id: 'other', name: 'Other', origins: ['https://other.example'] })
  await readAll()
})

const read = (ask: Ask) => json<Notifications>(ask('GET', '/v1/notifications'))
const change = (ask: Ask, body: unknown) => json<Notifications>(ask('PATCH', '/v1/notifications', body))
const refused = async (answer: Promise<Response>, status: number) =>
  (await json<ErrorBody>(answer, status)).error
const staff = async (ask: Ask = asOperator) => (await json<Page<Person>>(ask('GET', '/v1/staff'))).items
const address = 'mika@mail.example'

/** The one link of the one mail that was sent. */
async function sentLink(start: string): Promise<string> {
  await deliverDue()
  const sent = await mails()
  expect(sent).toHaveLength(1)
  return linksIn(sent[0] as (typeof sent)[0], start)[0] ?? ''
}

describe('An address that somebody types', () => {
  it('is asked by a mail, and told nothing before its link was followed and its form sent', async () => {
    const { ask } = await signedIn('Mika', 'moderator', ['blog'])
    expect(await read(ask)).toMatchObject({ sendsMail: true, address: null, asked: null, timeZone: 'UTC' })
    expect(await change(ask, { address })).toMatchObject({ address: null, asked: address })
    const path = await sentLink('/m/address/')
    const html = await (await open(path)).text()
    expect(html).toContain('Should Mika be told at mika@mail.example when comments wait?')
    expect(await read(ask)).toMatchObject({ address: null, asked: address })
    expect(await (await press(path, {})).text()).toContain('Your address is confirmed.')
    expect(await read(ask)).toMatchObject({ address, asked: null })
    expect((await press(path, {})).status).toBe(410)
  })

  it('is asked in the language of who asks, as who is invited, where they have chosen none', async () => {
    const said = { 'accept-language': 'nl, ja;q=0.8' }
    const { link } = await invite({ name: 'Mika', role: 'moderator', sites: ['blog'] })
    const cookie = (await follow(link)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const asked = { body: { address }, headers: { cookie, ...said }, origin: host }
    await json(call('PATCH', '/v1/notifications', asked))
    const body = { name: 'Nora', role: 'moderator', sites: ['blog'], email: 'nora@mail.example' }
    const headers = { authorization: `Bearer ${env.OPERATOR_KEY}`, ...said }
    await json(call('POST', '/v1/staff', { body, headers }), 201)
    await deliverDue()
    const subjects = (await mails()).map(({ subject }) => subject)
    expect(subjects).toEqual([expect.stringMatching(/[ぁ-ん]/), expect.stringMatching(/[ぁ-ん]/)])
  })

  it('goes on being told until another one is confirmed, and an older link confirms nothing', async () => {
    const { ask } = await signedIn('Mika', 'moderator', ['blog'])
    await change(ask, { address })
    await press(await sentLink('/m/address/'), {})
    await change(ask, { address: 'first@mail.example' })
    const first = await sentLink('/m/address/')
    expect(await change(ask, { address: 'second@mail.example' })).toMatchObject({
      address,
      asked: 'second@mail.example',
    })
    const second = await sentLink('/m/address/')
    expect((await open(first)).status).toBe(410)
    expect((await press(first, {})).status).toBe(410)
    expect(await read(ask)).toMatchObject({ address })
    expect((await press(second, {})).status).toBe(200)
    expect(await read(ask)).toMatchObject({ address: 'second@mail.example', asked: null })
    await change(ask, { address: 'third@mail.example' })
    expect(await change(ask, { address: 'second@mail.example' })).toMatchObject({ asked: null })
    expect(await change(ask, { address: null })).toMatchObject({ address: null, asked: null })
  })

  it('is asked by no mail whose link has ended: that one is given up', async () => {
    const { ask } = await signedIn('Mika', 'moderator', ['blog'])
    await change(ask, { address })
    await env.DB.prepare('UPDATE outbox SET created_at = created_at - ?')
      .bind(2 * 86_400_000)
      .run()
    await deliverDue()
    expect(await mails()).toEqual([])
    const { items } = await json<Page<DeliveryItem>>(asOperator('GET', '/v1/deliveries?status=dead'))
    expect(items).toMatchObject([{ act: 'staff.address', answer: 'its link has ended' }])
  })

  it('is asked five times a day at most, whoever types what', async () => {
    const { ask } = await signedIn('Mika', 'moderator', ['blog'])
    for (let times = 0; times < 5; times++) await change(ask, { address: `${times}@mail.example` })
    expect(await refused(ask('PATCH', '/v1/notifications', { address }), 429)).toMatchObject({
      code: 'rate_limited',
      field: 'address',
    })
    // What was replaced before it was sent is not sent.
    await deliverDue()
    expect((await mails()).map(({ to }) => to?.[0]?.address)).toEqual(['4@mail.example'])
  })

  it.each([
    ['an address that is none', { address: 'mika' }, 400, 'invalid', 'address'],
    [
      'an address with another behind it',
      { address: 'a@mail.example\r\nBcc: b@mail.example' },
      400,
      'invalid',
      'address',
    ],
    [
      'a pace there is none of',
      { choice: { pace: 'hourly', minutes: 15, hour: 9, held: true, disputed: true } },
      400,
      'invalid',
      'choice.pace',
    ],
    ['an hour there is none of', { quiet: { from: 22, until: 24 } }, 400, 'invalid', 'quiet.until'],
    [
      'a site that is not theirs',
      {
        sites: [
          { site: 'other', choice: { pace: 'never', minutes: 15, hour: 9, held: true, disputed: true } },
        ],
      },
      404,
      'unknown_site',
      'sites',
    ],
    ['a field there is none of', { quietly: true }, 400, 'unknown_field', 'quietly'],
  ])('is refused with %s', async (_, body, status, code, field) => {
    const { ask } = await signedIn('Mika', 'moderator', ['blog'])
    const before = await read(ask)
    expect(await refused(ask('PATCH', '/v1/notifications', body), status)).toMatchObject({ code, field })
    expect(await read(ask)).toEqual(before)
  })

  it('is not taken where the instance sends no mail, which it says', async () => {
    const { link } = await invite({ name: 'Mika', role: 'moderator', sites: ['blog'] })
    const cookie = (await follow(link)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const mailless = { ...atHost, MAIL: '' } as Env
    const ask = (method: string, body?: unknown) =>
      fetchIn(
        mailless,
        new Request(`${host}/v1/notifications`, {
          method,
          headers: { cookie, origin: host },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      )
    expect(await json(ask('GET'))).toMatchObject({ sendsMail: false })
    expect((await refused(ask('PATCH', { address }), 400)).message).toMatch(/sends no mail/)
  })

  it('belongs to people: scripts have none', async () => {
    expect((await refused(asOperator('GET', '/v1/notifications'), 404)).code).toBe('not_found')
  })
})

describe('What somebody chooses', () => {
  const never = { pace: 'never', minutes: 15, hour: 9, held: true, disputed: true }
  it('is usual by their role until then, and theirs for all sites or one', async () => {
    const { ask } = await signedIn('Olga', 'owner')
    expect((await read(ask)).choice).toMatchObject({ pace: 'minutes', minutes: 15 })
    const mika = await signedIn('Mika', 'moderator', ['blog'])
    expect((await read(mika.ask)).choice).toMatchObject({ pace: 'never' })
    const daily = { ...never, pace: 'daily', hour: 7, disputed: false }
    const quiet = { from: 22, until: 7 }
    const after = await change(ask, { choice: daily, sites: [{ site: 'blog', choice: never }], quiet })
    expect(after).toMatchObject({ choice: daily, sites: [{ site: 'blog', choice: never }], quiet })
    expect(await change(ask, { sites: [{ site: 'blog', choice: null }], quiet: null })).toMatchObject({
      choice: daily,
      sites: [],
      quiet: null,
    })
  })
})

describe('An invitation to an address', () => {
  it('that was given up is listed and sent again by those whose are all sites, and by nobody else', async () => {
    const { ask: owner } = await signedIn('Olga', 'owner')
    const { ask: ofBlog } = await signedIn('Ben', 'owner', ['blog'])
    await invite({ name: 'Mika', role: 'owner', sites: ['blog'], email: address }, owner)
    await env.DB.prepare("UPDATE outbox SET dead_at = ?, failure = 'failed'").bind(Date.now()).run()
    const givenUp = (ask: Ask) => ask('GET', '/v1/deliveries?status=dead')
    const [row, ...others] = (await json<Page<DeliveryItem>>(givenUp(owner))).items
    expect(others).toEqual([])
    expect(row).toMatchObject({
      site: null,
      destination: 'staff_letter',
      act: 'staff.invite',
      answer: 'failed',
    })
    const again = (ask: Ask) => ask('POST', `/v1/deliveries/${row?.id}/retry`, {})
    expect((await refused(givenUp(ofBlog), 403)).code).toBe('forbidden')
    expect((await refused(again(ofBlog), 404)).code).toBe('not_found')
    expect((await again(owner)).status).toBe(202)
    await deliverDue()
    expect(await mails()).toMatchObject([{ to: [{ address }] }])
    expect(
      (await json<Page<DeliveryItem>>(owner('GET', '/v1/deliveries?status=delivered'))).items,
    ).toMatchObject([{ id: row?.id, site: null }])
  })

  it('is given up where its link has ended, or was replaced, before it could be sent', async () => {
    const { ask: owner } = await signedIn('Olga', 'owner')
    const { id } = await invite({ name: 'Mika', role: 'owner', sites: ['blog'], email: address }, owner)
    const givenUp = async () =>
      (await json<Page<DeliveryItem>>(owner('GET', '/v1/deliveries?status=dead'))).items
    await env.DB.prepare('UPDATE sign_in_links SET expires_at = 1').run()
    await deliverDue()
    const over = { act: 'staff.invite', answer: 'its link has ended' }
    expect(await givenUp()).toMatchObject([over])
    await json(owner('POST', `/v1/staff/${id}/link`, {}), 201)
    const [row] = await givenUp()
    expect((await owner('POST', `/v1/deliveries/${row?.id}/retry`, {})).status).toBe(202)
    await deliverDue()
    expect(await givenUp()).toMatchObject([over])
    expect(await mails()).toEqual([])
  })

  it('is mailed, and who follows it there has confirmed the address', async () => {
    const { ask: owner } = await signedIn('Olga', 'owner')
    const { id, link } = await invite({ name: 'Mika', role: 'owner', sites: ['blog'], email: address }, owner)
    await deliverDue()
    const [mail] = await mails()
    const subject = 'Olga asks you to moderate Blog'
    expect(mail).toMatchObject({ from: { name: 'Blog' }, to: [{ address }], subject })
    const mailed = linksIn(mail as NonNullable<typeof mail>, '/dashboard#sign-in=')[0] as string
    expect(link).not.toContain(mailed)
    expect((await staff(owner)).find((one) => one.id === id)?.mail).toEqual({
      address,
      confirmed: false,
      trouble: null,
    })
    const mika = bySession(await follow(mailed))
    expect(await read(mika)).toMatchObject({ address, asked: null })
    // One of the two was enough.
    expect((await follow(link)).status).toBe(401)
    // Who has some of the sites is not told where others are written to.
    expect((await staff(owner)).find((one) => one.id === id)?.mail).toEqual({
      address,
      confirmed: true,
      trouble: null,
    })
    expect((await staff(mika)).map(({ name, mail }) => [name, mail])).toEqual([
      ['Mika', undefined],
      ['Olga', undefined],
    ])
  })

  it('does not confirm it by the link that the owner was given, which ends the other', async () => {
    const { link } = await invite({ name: 'Mika', role: 'moderator', sites: ['blog'], email: address })
    const ask = bySession(await follow(link))
    expect(await read(ask)).toMatchObject({ address: null, asked: address })
    await deliverDue()
    expect(await mails()).toEqual([])
  })

  it('is gone with the account: no table has the address', async () => {
    const { ask } = await signedIn('Olga', 'owner')
    const { id } = await invite({ name: 'Mika', role: 'moderator', sites: ['blog'], email: address })
    const mika = await signedIn('Nina', 'moderator', ['blog'])
    await change(mika.ask, { address: 'nina@mail.example' })
    await press(await nthLink(1), {})
    for (const one of [id, mika.id]) expect((await ask('DELETE', `/v1/staff/${one}`)).status).toBe(204)
    expect(await tablesWith('mail.example')).toEqual([])
    await deliverDue()
    expect(await mails()).toEqual([])
  })
})

/** The tables that have a text anywhere. */
async function tablesWith(text: string): Promise<string[]> {
  const query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '[_k]*'"
  const { results } = await env.DB.prepare(query).all<{ name: string }>()
  const found = results.map(async ({ name }) => {
    const rows = await env.DB.prepare(`SELECT * FROM ${name}`).all()
    return JSON.stringify(rows.results).includes(text) ? [name] : []
  })
  return (await Promise.all(found)).flat()
}

/** The confirming link of a mail that was sent, by its place. */
async function nthLink(at: number): Promise<string> {
  await deliverDue()
  return linksIn((await mails())[at] as never, '/m/address/')[0] ?? ''
}
