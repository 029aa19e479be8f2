import { isPublicHost } from '../../contract/publicHost.ts'
import { type Ask, exchange, type Reach, refused } from '../../outside/exchange.ts'

/** Milliseconds that a chat or a webhook has to answer. */
export const patientMs = 5000

/** Whether services make a button of a link: they refuse a message with one that leads to no host of the internet. */
export const isButton = ({ url }: { url: string }): boolean => isPublicHost(new URL(url).hostname)

/** What services tell of a failure, and how long to wait, each in its own words. */
interface Trouble {
  description?: unknown
  message?: unknown
  errcode?: unknown
  error?: unknown
  parameters?: { retry_after?: unknown }
  retry_after?: unknown
  retry_after_ms?: unknown
}

/**
 * Sends JSON to a chat's service.
 *
 * @param accepts takes a status besides those of success
 * @returns what it answered, in a few words
 * @throws Unavailable with what the service says of itself, or Refused where to send it again is no use
 */
export async function say(
  reach: Reach,
  url: string,
  { headers, body, ...ask }: Omit<Ask, 'body' | 'method'> & { method?: Ask['method']; body: unknown },
  accepts: (status: number) => boolean = () => false,
): Promise<string> {
  const sent = JSON.stringify(body)
  const isTaken = (code: number) => (code >= 200 && code < 300) || accepts(code)
  const {
    status,
    headers: answered,
    text,
  } = await exchange(
    reach,
    url,
    {
      ...{ method: 'POST' as const, ...ask, patience: patientMs, body: sent },
      reads: (code: number) => !isTaken(code),
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    },
    () => true,
  )
  if (isTaken(status)) return `answered ${status}`
  const trouble = troubleOf(text)
  throw refused(status, answered.get('retry-after') ?? waitOf(trouble), detailOf(trouble, sent))
}

/** Slack and its kind answer with a code alone. */
function troubleOf(text: string): Trouble {
  try {
    const data = JSON.parse(text)
    return typeof data === 'object' && data !== null ? data : {}
  } catch {
    return { error: text }
  }
}

/** Seconds to wait, as a header says them. */
function waitOf({ parameters, retry_after, retry_after_ms }: Trouble): string | null {
  const seconds = parameters?.retry_after ?? retry_after
  if (typeof seconds === 'number') return String(Math.ceil(seconds))
  return typeof retry_after_ms === 'number' ? String(Math.ceil(retry_after_ms / 1000)) : null
}

/** A few words of letters that are ours, but where one was sent: a service may quote what a reader wrote. */
function detailOf({ description, message, errcode, error }: Trouble, sent: string): string {
  const said = [description, message, errcode, error].find((one) => typeof one === 'string')
  const detail = typeof said === 'string' && /^[\w .,:'()-]{1,100}$/.test(said.trim()) ? said.trim() : ''
  const ours = new Set(wordsOf(sent.replace(/"\w+":/g, '')))
  return wordsOf(detail).some((word) => ours.has(word)) ? '' : detail
}

/** The words of a text but the shortest, which say nothing of where they are from. */
const wordsOf = (text: string) => text.toLowerCase().match(/\w{4,}/g) ?? []
