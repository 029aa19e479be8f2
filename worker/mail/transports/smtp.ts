import { connect as connectPlain, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { MailWay } from '../../contract/mailWay.ts'
import { Late, Unavailable } from '../../outside/exchange.ts'
import { build, type Message } from '../message.ts'
import { answerInWords } from './answerInWords.ts'
import { refusalBySmtp, type SmtpStep } from './smtpAnswer.ts'

type Way = Extract<MailWay, { kind: 'smtp' }>

/** Milliseconds that a server may take for each step as a whole, so that one which drips is waited for no longer. */
export interface Patience {
  /** To be connected to. */
  connect: number
  /** To greet and to secure the connection, to let one sign in, to let one name sender and recipient: each. */
  step: number
  /** To take a mail once it asked for its text: some look through it first. Who gives up here sends it twice. */
  taking: number
}

/** In all less than a worker has to deliver a row: after that another one sends it. */
export const usualPatience: Patience = { connect: 10_000, step: 30_000, taking: 120_000 }

/** As nodemailer tells what went wrong. */
interface Failure extends Error {
  code?: string
  /** All that the server answered. */
  response?: string
  command?: string
}

/**
 * Sends a mail by a mail server: nodemailer over a socket of the runtime, which looks names up itself and checks certificates.
 *
 * @returns what the server answered
 */
export async function bySmtp(way: Way, message: Message, patience = usualPatience): Promise<string> {
  const { port, tls, user, password } = way
  const raw = build(message)
  const socket = await opened(way, patience)
  const connection = new SMTPConnection({
    ...{ connection: socket, secured: tls === 'implicit', secure: tls === 'implicit', port },
    // The socket knows the host. Named here, it would be asked for once more, which workerd cannot.
    host: '0.0.0.0',
    ...{ requireTLS: tls === 'starttls', ignoreTLS: tls === 'never', name: hostOf(message.from.address) },
    // Longer than the steps: these are timed here.
    ...{ greetingTimeout: 2 * patience.step, socketTimeout: 2 * patience.taking },
    maxResponseSize: 64 * 1024,
  })
  let step: SmtpStep | null = null
  const timer = new StepTimer(() => connection.emit('error', late()))
  try {
    timer.allow(patience.step)
    await told<unknown>(connection, (done) => connection.connect(done))
    timer.allow(patience.step)
    if (user) {
      step = 'sign in'
      await told<unknown>(connection, (done) =>
        connection.login({ credentials: { user, pass: password } }, done),
      )
    }
    step = 'message'
    timer.allow(patience.step)
    // Read once the server asked for it.
    const text = Readable.from(
      (function* () {
        timer.allow(patience.taking)
        yield raw
      })(),
    )
    const envelope = { from: message.from.address, to: [message.to], size: raw.length }
    const { response } = await told<{ response: string }>(connection, (done) =>
      connection.send(envelope, text, done),
    )
    connection.quit()
    return answerInWords(response, message.mail.to)
  } catch (error) {
    throw reasonOf(error as Failure, { way, step, to: message.mail.to, isSecure: connection.secure })
  } finally {
    timer.end()
    connection.close()
  }
}

/** Ends a connection whose server takes too long for a step. */
class StepTimer {
  private timer: ReturnType<typeof setTimeout> | null = null
  private readonly tooLate: () => void

  constructor(tooLate: () => void) {
    this.tooLate = tooLate
  }

  /** Begins a step. */
  allow(ms: number): void {
    this.end()
    this.timer = setTimeout(this.tooLate, ms)
  }

  end(): void {
    if (this.timer !== null) clearTimeout(this.timer)
  }
}

const late = () => Object.assign(new Error('late'), { code: 'ETIMEDOUT' })

const hostOf = (address: string) => address.slice(address.lastIndexOf('@') + 1)

/** A socket to the server, with TLS where that comes first. */
async function opened({ host, port, tls }: Way, { connect }: Patience): Promise<Socket> {
  const isImplicit = tls === 'implicit'
  const socket = isImplicit ? connectTls({ host, port }) : connectPlain({ host, port })
  let timer: ReturnType<typeof setTimeout> | null = null
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new Late(`${host}:${port} did not answer within ${connect / 1000} seconds`)),
        connect,
      )
      socket.once(isImplicit ? 'secureConnect' : 'connect', () => resolve())
      socket.once('error', () =>
        reject(
          new Unavailable(
            `${host}:${port} is not reachable${isImplicit ? `, ${orItsCertificate(host)}` : ''}`,
          ),
        ),
      )
    })
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

const orItsCertificate = (host: string) =>
  `or its certificate is not valid for ${host}: self-signed, expired, or of another name`

/** What a step of the connection comes to; also where the connection ends meanwhile. */
function told<Result>(
  connection: SMTPConnection,
  step: (done: (error?: object | null, result?: Result) => void) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.once('end', () => reject(new Error('closed')))
    step((error, result) => (error ? reject(error) : resolve(result as Result)))
  })
}

interface Circumstances {
  way: Way
  step: SmtpStep | null
  to: string
  isSecure: boolean
}

/** The failure as whoever called may know it: without secrets and addresses. */
function reasonOf(failure: Failure, { way, step, to, isSecure }: Circumstances): Error {
  const { code, response, command } = failure
  const server = `${way.host}:${way.port}`
  if (code === 'ETIMEDOUT') return new Late(`${server} did not answer in time`)
  if (step !== null && response) return refusalBySmtp(stepOf(step, command), response, to)
  if (way.tls === 'starttls' && !isSecure && step === null)
    return new Unavailable(
      code === 'ETLS'
        ? `${server} offers no STARTTLS: take smtps://, or ?tls=never within your own network`
        : `TLS with ${server} failed, ${orItsCertificate(way.host)}`,
    )
  if (response) return new Unavailable(`${server} answered ${answerInWords(response, to)}`)
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return new Unavailable(`${server} offers no way to sign in that is known here`)
  return new Unavailable(`${server} closed the connection`)
}

/** At which step a message was refused. */
function stepOf(step: SmtpStep, command = ''): SmtpStep {
  if (step === 'sign in') return step
  if (command === 'MAIL FROM') return 'sender'
  return command === 'RCPT TO' ? 'recipient' : 'message'
}
