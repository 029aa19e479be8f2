import { env } from 'cloudflare:workers'
import { describe, expect, inject, it } from 'vitest'
import type { MailTest } from '../../../worker/contract/mail.ts'
import type { Env } from '../../../worker/env.ts'
import { addressHash } from '../../../worker/mail/addressHash.ts'
import { block } from '../../../worker/store/mailBlocks.ts'
import { fetchIn } from '../jobs.ts'
import { asOperator, json } from '../product.ts'
import { signedIn } from '../staffed.ts'

const here = env as unknown as Env

const test = (to: string) => json<MailTest>(asOperator('POST', '/v1/mail/tests', { to }))

/** The same of an instance that sends in another way. */
const testBy = async (more: Partial<Env>, to = 'mika@mail.example') => {
  const headers = { authorization: `Bearer ${env.OPERATOR_KEY}` }
  const url = 'https://hankyo.example/v1/mail/tests'
  const request = new Request(url, { method: 'POST', headers, body: JSON.stringify({ to }) })
  return (await (await fetchIn({ ...here, ...more }, request as never)).json()) as MailTest
}

describe('A test of mail', () => {
  it('tells how it was sent, from whom, and what was answered', async () => {
    expect(await test('mika@mail.example')).toEqual({
      ...{ sent: true, way: 'files in the folder mail of the data folder' },
      ...{
        from: 'Hankyo <comments@hankyo.example>',
        answer: expect.stringMatching(/^written to mail\/test\./),
      },
    })
  })

  it('tells what went wrong', async () => {
    const { starttls } = inject('mailServer')
    const MAIL = `smtp://blog:wrong@localhost:${starttls}`
    expect(await testBy({ MAIL })).toMatchObject({
      ...{ sent: false, way: `SMTP by localhost:${starttls} with STARTTLS, signed in as blog` },
      answer: expect.stringContaining('does not take this user and password: 535'),
    })
    const off = async (more: Partial<Env>) => {
      const { sent, way, answer } = await testBy(more)
      expect([sent, way]).toEqual([false, null])
      return answer
    }
    expect(await off({ MAIL: '' })).toBe('this instance is not set up to send mail: MAIL is not set')
    expect(await off({ MAIL: 'resend:' })).toBe('MAIL needs the API key after resend:')
    expect(await off({ MAIL_FROM: 'Blog' })).toMatch(/^MAIL_FROM takes one address/)
    expect(await off({ MAIL: 'cloudflare:' })).toMatch(/nothing is bound as SEND_MAIL/)
  })

  it('gives an address that ended mail again', async () => {
    const hash = await addressHash(here, 'mika@mail.example')
    await block(here.DB, [hash], { why: 'complained', at: Date.now() })
    expect((await test('mika@mail.example')).sent).toBe(true)
  })

  it('is the operator’s alone, and goes to one address', async () => {
    const { ask } = await signedIn('Mika', 'owner')
    expect((await ask('POST', '/v1/mail/tests', { to: 'mika@mail.example' })).status).toBe(401)
    await json(asOperator('POST', '/v1/mail/tests', { to: 'a@mail.example,b@mail.example' }), 400)
  })
})
