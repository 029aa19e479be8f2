import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

const folder = join(import.meta.dirname, 'fixtures/mail')

/** Signed the certificate of `localhost`, and nothing else: whoever trusts it may send mail to that server. */
export const authority = join(folder, 'authority.pem')

/** A mail that was taken. */
export interface Taken {
  from: string
  to: string
  raw: string
  /** Whether it came encrypted. */
  secure: boolean
  user: string | null
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

/** What is said to a recipient, by what stands before the `@`. */
const recipients: Record<string, Error> = {
  nobody: refusal(550, '5.1.1 <nobody@mail.example>: no such user'),
  full: refusal(552, '5.2.2 mailbox full'),
  later: refusal(451, '4.7.1 greylisted, try again'),
  elsewhere: refusal(554, '5.7.1 relay access denied'),
}

/** The same of a mail as a whole. */
const mails: Record<string, Error> = {
  unwanted: refusal(554, '5.6.0 looks like spam'),
  busy: refusal(452, '4.3.1 out of room'),
}

/**
 * A mail server on loopback, with STARTTLS and with TLS from the start: `smtp-server`, which refuses some recipients, and whose
 * certificate is of `localhost`. `picky` takes no mail with the word `casino`. Who writes to `drop` is cut off, and to `slow` it never answers; mail to `thorough` it takes without a word. It knows the user `blog` with
 * the password `p:a/s@s`. `silent` is a port where nobody says a word.
 */
export class MailServer {
  readonly taken: Taken[] = []
  private readonly servers: SMTPServer[]
  private readonly inboxServer: Server
  private readonly silentServer: Server

  private constructor() {
    const options: SMTPServerOptions = {
      ...{ key: readFileSync(join(folder, 'server.key')), cert: readFileSync(join(folder, 'server.pem')) },
      ...{ authOptional: true, allowInsecureAuth: true, closeTimeout: 1 },
      onAuth: ({ username, password }, _session, done) =>
        username === 'blog' && password === 'p:a/s@s'
          ? done(null, { user: username })
          : done(refusal(535, '5.7.8 authentication failed')),
      onMailFrom: ({ address }, _session, done) =>
        done(address.startsWith('foreign@') ? refusal(553, '5.7.1 not your address') : null),
      onRcptTo: ({ address }, _session, done) => {
        if (!address.startsWith('slow@')) done(recipients[address.split('@')[0] as string] ?? null)
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk) => chunks.push(chunk))
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope
          const to = rcptTo[0]?.address ?? ''
          const [name = ''] = to.split('@')
          if (name === 'drop') return cut(session.remotePort)
          if (name === 'thorough') return
          if (mails[name]) return done(mails[name])
          const from = mailFrom ? mailFrom.address : ''
          const raw = Buffer.concat(chunks).toString()
          if (name === 'picky' && raw.includes('casino')) return done(mails.unwanted)
          this.taken.push({ from, to, raw, secure: session.secure, user: (session.user as string) || null })
          done(null, `2.0.0 queued as ${this.taken.length}`)
        })
      },
    }
    this.servers = [{}, { secure: true }, { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }].map(
      (more) => new SMTPServer({ ...options, ...more }),
    )
    // Whoever does not trust it ends the handshake.
    for (const server of this.servers) server.on('error', () => {})
    const cut = (port: number) => {
      for (const server of this.servers)
        for (const connection of server.connections) if (connection.remotePort === port) connection.close()
    }
    this.inboxServer = createServer((_, response) => response.end(JSON.stringify(this.taken)))
    this.silentServer = createServer()
    this.silentServer.on('connection', (socket) => socket.pause())
  }

  static async start(): Promise<MailServer> {
    const server = new MailServer()
    const all = [
      ...server.servers.map((one) => one.listen(0, '127.0.0.1')),
      ...[server.inboxServer, server.silentServer].map((one) => one.listen(0, '127.0.0.1')),
    ]
    await Promise.all(all.map((one) => once(one, 'listening')))
    return server
  }

  /** Its ports. */
  get ports() {
    const of = (server: { address(): unknown }) => (server.address() as AddressInfo).port
    const [starttls, implicit, plain] = this.servers.map(({ server }) => of(server)) as [
      number,
      number,
      number,
    ]
    return { starttls, implicit, plain, silent: of(this.silentServer) }
  }

  /** Where another process reads what was taken, as JSON. */
  get inbox(): string {
    return `http://127.0.0.1:${(this.inboxServer.address() as AddressInfo).port}`
  }

  stop(): void {
    for (const server of this.servers) server.close()
    for (const server of [this.inboxServer, this.silentServer]) {
      server.close()
      server.closeAllConnections()
    }
  }
}
