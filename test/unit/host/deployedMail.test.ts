import { describe, expect, it } from 'vitest'
import { deployedMail } from '../../../worker/host/deploy/mail.ts'

const from = 'Blog <comments@blog.example>'

describe('Mail of a deployed worker', () => {
  it('is a secret that the environment gives, and else stays as it is', () => {
    expect(deployedMail({}, { HANKYO_MAIL: 'resend:re_12345678', HANKYO_MAIL_FROM: from })).toMatchObject({
      ...{ secrets: { MAIL: 'resend:re_12345678', MAIL_FROM: from }, bindings: {} },
    })
    expect(deployedMail({}, {})).toEqual({ secrets: {}, bindings: {}, steps: [] })
  })

  it('is bound to Cloudflare’s Email Service where wrangler.toml says so', () => {
    expect(deployedMail({ MAIL: 'cloudflare:', MAIL_FROM: from }, {})).toEqual({
      ...{ secrets: {}, bindings: { send_email: [{ name: 'SEND_MAIL' }] } },
      steps: ['bind Cloudflare’s Email Service as SEND_MAIL'],
    })
  })

  it.each([
    [{}, { HANKYO_MAIL: 'cloudflare:' }, /write MAIL = "cloudflare:" under \[vars\]/],
    [{ MAIL: 'cloudflare:' }, { HANKYO_MAIL: 'resend:re_12345678' }, /take one away/],
    [{ MAIL: 'file:' }, {}, /on one machine only/],
    [{}, { HANKYO_MAIL: 'smtp://mail.example:25' }, /no connection to port 25/],
    [{}, { HANKYO_MAIL: 'mail.example' }, /^MAIL takes smtp:/],
    [{ MAIL_FROM: 'Blog' }, {}, /^MAIL_FROM takes one address/],
    [{}, { HANKYO_MAIL_EVENTS: 'resend:x' }, /^MAIL_EVENTS takes resend:/],
  ])('is refused where it cannot be: %j %j', (vars, env, words) => {
    expect(() => deployedMail(vars, env)).toThrow(words)
  })
})
