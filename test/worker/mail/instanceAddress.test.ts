import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { NewPerson } from '../../../worker/contract/staff.ts'
import type { Env } from '../../../worker/env.ts'
import { instanceAddress } from '../../../worker/mail/instanceAddress.ts'
import { eventually, fetchIn } from '../jobs.ts'
import { addSite, asOperator, json } from '../product.ts'
import { invite } from '../staffed.ts'

/** An instance that is not told where it is. */
const untold = { ...env, SERVED_AT: '' } as unknown as Env

/** Asks at a host, and by whom. */
const at = (
  host: string,
  path: string,
  headers: Record<string, string>,
  { body, on = untold }: { body?: object; on?: Env } = {},
) =>
  fetchIn(
    on,
    new Request(host + path, {
      headers: { origin: host, ...headers },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    }) as never,
  )

/** Signs the operator, or whose link it is, in at a host; what their browser says from then on. */
async function signIn(host: string, link?: string) {
  const token =
    link?.split('=')[1] ??
    (await json<{ token: string }>(asOperator('POST', '/v1/sign-in-links', {}), 201)).token
  const answer = await at(host, '/v1/session', {}, { body: { token } })
  expect(answer.status).toBe(201)
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

describe('The address of the instance', () => {
  it('is the public URL, or else where it listens', async () => {
    const both = { ...untold, PUBLIC_URL: 'https://blog.example/talk', SERVED_AT: 'http://127.0.0.1:8787' }
    expect(await instanceAddress(both)).toBe('https://blog.example/talk')
    expect(await instanceAddress({ ...both, PUBLIC_URL: '' })).toBe('http://127.0.0.1:8787')
  })

  it('is not known before somebody signed in', async () => {
    await expect(instanceAddress(untold)).rejects.toThrow(
      'set its public URL, or open the dashboard once as an owner of all sites',
    )
  })

  it('is where an owner last found it', async () => {
    const cookie = await signIn('https://first.example')
    await eventually(async () => expect(await instanceAddress(untold)).toBe('https://first.example'))
    await at('https://second.example', '/v1/session', cookie)
    await eventually(async () => expect(await instanceAddress(untold)).toBe('https://second.example'))
  })

  it('is nothing that a stranger or a script says', async () => {
    await signIn('https://third.example')
    await at('https://evil.example', '/v1/session', {})
    await at('https://evil.example', '/v1/session', { cookie: '__Host-hankyo_session=x' })
    await at('https://inside.example', '/v1/session', { authorization: `Bearer ${env.OPERATOR_KEY}` })
    expect(await instanceAddress(untold)).toBe('https://third.example')
  })
  it.each<[string, NewPerson]>([
    ['a moderator', { name: 'Mona', role: 'moderator', sites: '*' }],
    ['an owner of some sites', { name: 'Olaf', role: 'owner', sites: ['blog'] }],
  ])('is nothing that %s says', async (_, person) => {
    await addSite()
    await signIn('https://fourth.example')
    const cookie = await signIn('https://evil.example', (await invite(person)).link)
    await at('https://evil.example', '/v1/session', cookie)
    expect(await instanceAddress(untold)).toBe('https://fourth.example')
  })

  it('stays where it is known, where nobody but the request names the host', async () => {
    const cookie = await signIn('https://fifth.example')
    const on: Env = { ...untold, HOST_NAMED_BY: 'client' }
    expect((await at('https://tunnel.example', '/v1/session', cookie, { on })).status).toBe(200)
    expect(await instanceAddress(untold)).toBe('https://fifth.example')
  })
})
