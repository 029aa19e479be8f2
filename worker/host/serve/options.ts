import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { publicUrlOf, publicUrlTakes } from '../../contract/publicUrl.ts'
import { mostSessionDays } from '../../contract/session.ts'
import { defaultData } from '../paths.ts'
import { Refusal } from '../terminal.ts'
import { type LogForm, logForms } from './log.ts'
import { type MailVariables, mailGiven, mailVariables } from './mailSettings.ts'

export const help = `npm start -- [options]

  --port N          listen on this port (8787)
  --host ADDRESS    listen on this address (127.0.0.1; 0.0.0.0 for every one, :: for IPv6 too)
  --data DIR        keep the database and the secrets there (.hankyo/data)
  --public-url URL  where readers find it, if not there: https://host, or https://host/folder
  --trust-proxy     your own reverse proxy stands in front: take the reader's address from the last
                    X-Forwarded-For value, and https from X-Forwarded-Proto
  --log json        a line of JSON for each request and each message, on stdout
  --allow-private-hosts
                    lets sites have services asked that are on this machine or in its network
  --sign-in FILE    how people may sign in besides by links and passkeys (sign-in.json in the data folder)
  --session-days N  sign staff out so many days after their last visit, 1 to 400 (30)
  --mail WAY        how mail is sent: smtp://USER:PASSWORD@HOST:587 or another way of /docs/mail. A password is
                    better off in the environment, as HANKYO_MAIL
  --mail-from WHO   who it is from: "Blog <comments@blog.example>" (or HANKYO_MAIL_FROM)
  --no-rate-limit   for load tests on this machine: honoured on loopback hosts only
  --no-demo         without the demo site
  --accept-less     start although the database holds less than it did: an older backup was put back`

export interface StartOptions {
  port: number
  host: string
  /** An absolute path. */
  data: string
  /** In its one form. */
  publicUrl: string | undefined
  trustProxy: boolean
  /** Whether others than this machine find it. */
  isForReaders: boolean
  log: LogForm
  rateLimit: boolean
  demo: boolean
  allowPrivateHosts: boolean
  /** An absolute path, where one was given. */
  signIn: string | undefined
  sessionDays: number | undefined
  mail: MailVariables
  /** Whether the database may hold less than it did. */
  acceptLess: boolean
}

/** What `npm start` was asked for, or null for help. Throws a `Refusal` for what cannot be. */
export function startOptions(args = process.argv.slice(2)): StartOptions | null {
  const off = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '8787' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: defaultData },
      'public-url': { type: 'string' },
      'sign-in': { type: 'string' },
      'session-days': { type: 'string' },
      mail: { type: 'string' },
      'mail-from': { type: 'string' },
      log: { type: 'string', default: 'text' },
      'no-rate-limit': off,
      'trust-proxy': off,
      'allow-private-hosts': off,
      'no-demo': off,
      'accept-less': off,
      help: off,
    },
  })
  if (values.help) return null
  // As an address has it: `[::1]`.
  const host = values.host.replace(/^\[(.*)\]$/, '$1')
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port < 1 || port > 65535)
    throw new Refusal(`--port takes a number from 1 to 65535, not "${values.port}".`)
  const log = logForms.find((form) => form === values.log)
  if (!log) throw new Refusal(`--log takes ${logForms.join(' or ')}, not "${values.log}".`)
  const given = values['public-url']
  const publicUrl = given === undefined ? undefined : publicUrlOf(given)
  if (publicUrl === null) throw new Refusal(`--public-url ${publicUrlTakes}; not "${given}".`)
  const days = values['session-days']
  if (days !== undefined && (!/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > mostSessionDays))
    throw new Refusal(`--session-days takes a number from 1 to ${mostSessionDays}, not "${days}".`)
  const isForReaders =
    Boolean(publicUrl) || values['trust-proxy'] || !/^(localhost|127\.[\d.]+|::1)$/.test(host)
  const mail = mailVariables(mailGiven({ way: values.mail, from: values['mail-from'] }), isForReaders)
  const rateLimit = !values['no-rate-limit']
  if (!rateLimit && (publicUrl || !/^(localhost|127\.[\d.]+|::1)$/.test(host)))
    throw new Refusal(
      '--no-rate-limit is for load tests on this machine and does not go with --host or --public-url.',
    )
  return {
    ...{ port, host, publicUrl, log, rateLimit, mail, isForReaders },
    data: resolve(values.data),
    trustProxy: values['trust-proxy'],
    demo: !values['no-demo'],
    allowPrivateHosts: values['allow-private-hosts'],
    sessionDays: days === undefined ? undefined : Number(days),
    signIn: values['sign-in'] && resolve(values['sign-in']),
    acceptLess: values['accept-less'],
  }
}
