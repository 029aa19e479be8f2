import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail that was taken. */
export interface Taken {
  /** What the Message-ID has before its `@`. */
  id: string
  to: string
  text: string
  html: string
  /** When its text began to come, in milliseconds since the epoch. */
  begunAt: number
  /** When it was taken. */
  at: number
  /** When that was said. */
  answeredAt: number
  /** Whether the sender was answered: where it was cut off in place of that, it cannot know. */
  isAnswered: boolean
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

/** What goes wrong, by its share of all mails. The rest is taken, every third slowly. */
const shares = { cut: 0.06, busy: 0.05, greylisted: 0.08, full: 0.05, cutAfter: 0.05 }

/**
 * A mail server on loopback as one would not wish for: it cuts connections, also after it took a mail, puts off senders,
 * recipients and mails, and is slow. Once it is strict it refuses for good what goes to `refused…`, and puts off each time
 * what goes to `absent…`.
 */
export class RoughMailServer {
  readonly taken: Taken[] = []
  /** How often it did what it was not asked for. */
  readonly faults = { 'cut off': 0, 'put off': 0, 'cut off after it took it': 0, refused: 0 }
  isStrict = false
  private readonly server: SMTPServer

  private constructor() {
    this.server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'], closeTimeout: 1 },
      onMailFrom: (_, session, done) => {
        if (chance(shares.cut)) return this.cut(session.remotePort, 'cut off')
        this.answer(chance(shares.busy) ? refusal(421, '4.3.2 too busy') : null, done)
      },
      onRcptTo: ({ address }, _, done) => {
        const isPutOff = chance(shares.greylisted) || (this.isStrict && address.startsWith('absent'))
        this.answer(isPutOff ? refusal(451, '4.7.1 greylisted, try again') : null, done)
      },
      onData: (stream, session, done) => {
        const begunAt = Date.now()
        const chunks: Buffer[] = []
        stream.on('data', (chunk) => chunks.push(chunk))
        stream.on('end', async () => {
          const to = session.envelope.rcptTo[0]?.address ?? ''
          if (this.isStrict && to.startsWith('refused'))
            return this.answer(refusal(554, '5.6.0 looks like spam'), done)
          if (chance(shares.full)) return this.answer(refusal(452, '4.3.1 out of room'), done)
          const { messageId = '', text = '', html = '' } = await PostalMime.parse(Buffer.concat(chunks))
          const isAnswered = !chance(shares.cutAfter)
          const at = Date.now()
          const id = messageId.replace(/^<|@.*$/g, '')
          const mail = { id, to, text, html, begunAt, at, answeredAt: at, isAnswered }
          this.taken.push(mail)
          if (!isAnswered) return this.cut(session.remotePort, 'cut off after it took it')
          const answer = () => {
            mail.answeredAt = Date.now()
            done(null, '2.0.0 queued')
          }
          setTimeout(answer, chance(1 / 3) ? Math.random() * 600 : 0)
        })
      },
    })
    // Connections end when their sender is killed.
    this.server.on('error', () => {})
  }

  static async start(): Promise<RoughMailServer> {
    const rough = new RoughMailServer()
    await once(rough.server.listen(0, '127.0.0.1'), 'listening')
    return rough
  }

  /** How a server is told to send mail here. */
  get way(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}?tls=never`
  }

  stop(): void {
    this.server.close()
  }

  private answer(error: (Error & { responseCode: number }) | null, done: (error?: Error | null) => void) {
    if (error) this.faults[error.responseCode < 500 ? 'put off' : 'refused']++
    done(error)
  }

  private cut(port: number, how: keyof RoughMailServer['faults']) {
    this.faults[how]++
    for (const connection of this.server.connections) if (connection.remotePort === port) connection.close()
  }
}

const chance = (share: number) => Math.random() < share
