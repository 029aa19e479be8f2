import { mailEventsOf } from '../../contract/mailEvents.ts'
import { mailWayOf, senderOf, senderTakes } from '../../contract/mailWay.ts'
import { Refusal } from '../terminal.ts'

const names = ['MAIL', 'MAIL_FROM', 'MAIL_EVENTS'] as const

/** What a deployed worker needs to send mail. */
export interface DeployedMail {
  /** Secrets to send up. Those that are not given stay as they are. */
  secrets: Partial<Record<(typeof names)[number], string>>
  /** The binding of Cloudflare's Email Service, where mail goes by it. */
  bindings: { send_email?: { name: string }[] }
  /** What a deployment does of it, in words. */
  steps: string[]
}

/**
 * How a deployed worker sends mail: by secrets that the environment gives (`HANKYO_MAIL` and so on), or by variables of
 * `wrangler.toml` where nothing is secret.
 *
 * @throws Refusal that says what is wrong with it
 */
export function deployedMail(vars: Record<string, unknown> = {}, env = process.env): DeployedMail {
  const secrets: DeployedMail['secrets'] = {}
  for (const name of names) {
    const given = env[`HANKYO_${name}`]
    if (!given) continue
    if (vars[name])
      throw new Refusal(`${name} stands in wrangler.toml, and HANKYO_${name} says it, too: take one away.`)
    secrets[name] = given
  }
  const text = (name: (typeof names)[number]) =>
    secrets[name] ?? (vars[name] ? String(vars[name]) : undefined)
  const way = text('MAIL') === undefined ? null : wayOf(text('MAIL') as string)
  const from = text('MAIL_FROM')
  if (from !== undefined && !senderOf(from)) throw new Refusal(`MAIL_FROM ${senderTakes}; not "${from}".`)
  const events = mailEventsOf(text('MAIL_EVENTS') ?? '')
  if (text('MAIL_EVENTS') && 'wrong' in events) throw new Refusal(`MAIL_EVENTS ${events.wrong}.`)
  const steps = Object.keys(secrets).map((name) => `send HANKYO_${name} as the secret ${name}`)
  if (way !== 'cloudflare') return { secrets, bindings: {}, steps }
  if (secrets.MAIL)
    throw new Refusal(
      'cloudflare: is no secret, and each deployment has to know it: write MAIL = "cloudflare:" under [vars] in wrangler.toml.',
    )
  const bind = 'bind Cloudflare’s Email Service as SEND_MAIL'
  return { secrets, bindings: { send_email: [{ name: 'SEND_MAIL' }] }, steps: [...steps, bind] }
}

/** The kind of a way that works on Cloudflare. */
function wayOf(text: string): string {
  const way = mailWayOf(text)
  if ('wrong' in way) throw new Refusal(`MAIL ${way.wrong.replace(/^[: ]+/, '')}.`)
  if (way.kind === 'file')
    throw new Refusal('MAIL takes file: on one machine only. Take another way on Cloudflare.')
  if (way.kind === 'smtp' && way.port === 25)
    throw new Refusal(
      'Cloudflare opens no connection to port 25 of a mail server: take smtp://…:587 or smtps://….',
    )
  return way.kind
}
