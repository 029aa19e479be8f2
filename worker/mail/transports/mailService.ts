import type { Sender } from '../../contract/mailWay.ts'
import { exchange, type Reach, Unavailable } from '../../outside/exchange.ts'
import { answerInWords } from './answerInWords.ts'

/** Milliseconds that a service has: what it took in the end would go out twice, where it keeps no ids. */
const patience = 10_000

/** Statuses by which a service says that it can take nothing now, or that something else is wrong than the mail. */
const passing = [401, 403, 404, 408, 425, 429]

interface Asked {
  url: string
  headers: Record<string, string>
  body: string
  /** To whom, and by what name errors call the service. */
  to: string
  service: string
}

interface Answer {
  status: number
  headers: { get(name: string): string | null }
  data: Record<string, unknown>
  /** What the service said, in a few words. */
  words: string
}

/**
 * Hands a mail to a service by HTTP.
 *
 * @returns what it said of the mail, be it yes or no
 * @throws Unavailable, also where it does not take the key
 */
export async function askService(reach: Reach, { url, headers, body, to, service }: Asked): Promise<Answer> {
  const ask = {
    ...{ method: 'POST' as const, body, patience },
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
  }
  const {
    status,
    headers: told,
    text,
  } = await exchange(reach, url, ask, (code) => code < 300 || (code >= 400 && code < 500 && !isLater(code)))
  const data = parsed(text)
  const said = [data.message, data.Message].find((one) => typeof one === 'string') ?? ''
  const words = answerInWords(`${service} answered ${status}${said === '' ? '' : `: ${said}`}`, to)
  if (passing.includes(status)) throw new Unavailable(words)
  return { status, headers: told, data, words }
}

/** Those whose `Retry-After` counts. */
const isLater = (status: number) => status === 429 || status === 408

function parsed(text: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(text)
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Name and address as services take them in one text. */
export const mailbox = ({ name, address }: Sender): string =>
  name === '' ? address : `"${name.replace(/["\\]/g, '’')}" <${address}>`
