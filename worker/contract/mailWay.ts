import * as v from 'valibot'
import { mailAddress } from './mailAddress.ts'
import { isPublicHost } from './publicHost.ts'

/** How an instance sends mail. */
export type MailWay =
  /** Each mail becomes a file in the data folder. */
  | { kind: 'file' }
  /** The binding `SEND_MAIL` of Cloudflare's Email Service. */
  | { kind: 'cloudflare' }
  | {
      kind: 'smtp'
      host: string
      port: number
      /** `starttls` refuses to go on where a server has none. */
      tls: 'starttls' | 'implicit' | 'never'
      user: string
      password: string
    }
  | { kind: 'resend' | 'postmark'; key: string; endpoint: string }
  | { kind: 'ses'; keyId: string; key: string; region: string; endpoint: string }

/** What is wrong with a configuration, to follow its name. */
interface Wrong {
  wrong: string
}

/** What the variable `MAIL` takes, for whoever gave something else. */
const takes =
  'takes smtp://USER:PASSWORD@HOST:587, smtps://USER:PASSWORD@HOST:465, cloudflare:, resend:KEY, postmark:TOKEN, ses:KEY_ID:SECRET@REGION, or file:'

const endpoints = {
  resend: 'https://api.resend.com/emails',
  postmark: 'https://api.postmarkapp.com/email',
}

/**
 * How mail leaves, as the variable `MAIL` says it. It holds secrets: what is wrong is told without them.
 *
 * @param text must not be empty
 */
export function mailWayOf(text: string): MailWay | Wrong {
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(text.trim()) ?? []
  if (kind === 'smtp' || kind === 'smtps') return smtpOf(text.trim())
  const [secret = '', query = ''] = rest.split('?', 2)
  const more = parametersOf(query)
  const stray = Object.keys(more).find((name) => name !== 'endpoint')
  if (stray !== undefined) return { wrong: `knows no "${stray}" after ${kind}:` }
  if (kind === 'file' || kind === 'cloudflare')
    return rest === '' ? { kind } : { wrong: `takes nothing after ${kind}:` }
  const { endpoint } = more
  if (endpoint !== undefined && !/^https?:\/\/[^/?#]/.test(endpoint))
    return { wrong: ': its endpoint is no address' }
  if (kind === 'resend' || kind === 'postmark')
    return /^[\x21-\x7e]{8,200}$/.test(secret)
      ? { kind, key: secret, endpoint: endpoint ?? endpoints[kind] }
      : { wrong: `needs the ${kind === 'resend' ? 'API key' : 'server token'} after ${kind}:` }
  if (kind !== 'ses') return { wrong: takes }
  const [, keyId, key, region] =
    /^([A-Z0-9]{16,128}):([A-Za-z0-9/+=]{16,200})@([a-z]{2}[a-z0-9-]{3,30})$/.exec(secret) ?? []
  if (!keyId || !key || !region) return { wrong: 'takes ses:KEY_ID:SECRET@REGION, such as …@eu-west-1' }
  const usual = `https://email.${region}.amazonaws.com/v2/email/outbound-emails`
  return { kind, keyId, key, region, endpoint: endpoint ?? usual }
}

/** `+` stands for itself here: keys hold it. */
const parametersOf = (query: string): Record<string, string> =>
  Object.fromEntries(
    query
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', ...value] = part.split('=')
        return [name, decoded(value.join('='))]
      }),
  )

const tlsModes = ['starttls', 'never'] as const

function smtpOf(text: string): MailWay | Wrong {
  if (!URL.canParse(text))
    return {
      wrong:
        ' is no address of a mail server, such as smtp://USER:PASSWORD@HOST:587. In a password write @, :, /, ?, # and % as %40, %3A, %2F, %3F, %23 and %25',
    }
  const { protocol, hostname, port, username, password, pathname, hash, searchParams } = new URL(text)
  const isImplicit = protocol === 'smtps:'
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const given = searchParams.get('tls') ?? 'starttls'
  const tls = isImplicit ? 'implicit' : tlsModes.find((mode) => mode === given)
  const strays = [...searchParams.keys()].filter((name) => name !== 'tls' || isImplicit)
  if (!/^[\w.:-]+$/.test(host)) return { wrong: ' names no host to send mail by' }
  if (!tls || strays.length > 0)
    return { wrong: ' takes ?tls=never or ?tls=starttls after smtp://, and nothing after smtps://' }
  if (pathname.length > 1 || hash) return { wrong: ' takes nothing after the port' }
  if (username === '' && password !== '') return { wrong: ' has a password and no user' }
  if (tls === 'never' && password !== '' && isPublicHost(hostname))
    return {
      wrong:
        ' would send the password in the clear over the internet: take smtps://, or leave out ?tls=never',
    }
  return {
    ...{ kind: 'smtp', host, tls },
    port: port === '' ? (isImplicit ? 465 : 587) : Number(port),
    ...{ user: decoded(username), password: decoded(password) },
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Who a mail is from. */
export interface Sender {
  /** Empty where none was given. */
  name: string
  address: string
}

/** The sender as `MAIL_FROM` says it: `Blog <comments@blog.example>`, or the address alone. Null where it is none. */
export function senderOf(text: string): Sender | null {
  const [, name = '', bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? []
  const { success, output } = v.safeParse(mailAddress, (bracketed ?? text).trim())
  if (!success || /\p{Cc}/u.test(name)) return null
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: output }
}

/** What `MAIL_FROM` takes, for whoever gave something else. */
export const senderTakes = 'takes one address, such as "Blog <comments@blog.example>"'

/** A way as it may be shown: without its secrets. */
export function shownWay(way: MailWay): string {
  if (way.kind === 'smtp') {
    const { host, port, tls, user } = way
    const by = { starttls: 'STARTTLS', implicit: 'TLS', never: 'no TLS' }[tls]
    return `SMTP by ${host.includes(':') ? `[${host}]` : host}:${port} with ${by}${user ? `, signed in as ${user}` : ''}`
  }
  if (way.kind === 'file') return 'files in the folder mail of the data folder'
  if (way.kind === 'cloudflare') return 'Cloudflare’s binding SEND_MAIL'
  const { host } = new URL(way.endpoint)
  return `${{ resend: 'Resend', postmark: 'Postmark', ses: 'Amazon SES' }[way.kind]} (${host})`
}
