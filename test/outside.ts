import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { ScreenerKind } from '../worker/contract/screeners.ts'
import { robots, sitePage } from './outsidePages.ts'

export interface Heard {
  path: string
  headers: IncomingMessage['headers']
  body: string
}

/** How a service outside may fail, and what may be said of it. */
export const failures = {
  silent: /^no answer within 2 seconds$/,
  dripping: /^no answer within 2 seconds$/,
  broken: /^answered 500$/,
  garbage: /^answered something (unexpected|else than JSON)$/,
  binary: /^answered something else than text$/,
  huge: /^answered too much$/,
  redirecting: /^answered 307$/,
  misshapen: /^answered something unexpected$/,
}
export type Failure = keyof typeof failures

export type Spoken = Exclude<ScreenerKind, 'workers_ai'>
export const signingSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/**
 * Services outside on loopback: Akismet, a moderation endpoint, Turnstile and a site's own webhook. The first
 * part of the path says how it behaves; `well` speaks each protocol, and its opinion follows words
 * of the comment: `SPAM`, `BLATANT`, `DOUBT`. Below `site` there are pages and sitemaps.
 */
export class Outside {
  readonly heard: Heard[] = []
  /** Paths whose askers went away before they had the whole answer. */
  readonly abandoned: string[] = []
  private readonly server: Server
  private readonly drips = new Set<NodeJS.Timeout>()
  /** Turnstile's tokens that were used, with the key of who did. */
  private readonly tokens = new Map<string, string>()

  private constructor() {
    this.server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString()
      const path = request.url ?? ''
      if (path === '/heard') return response.end(JSON.stringify(this.heard))
      this.heard.push({ path, headers: request.headers, body })
      response.on('close', () => response.writableFinished || this.abandoned.push(path))
      const [, behaviour = '', ...rest] = path.split('/')
      if (path.endsWith('/verify-key'))
        return response.end(new URLSearchParams(body).get('api_key') === 'wrong' ? 'invalid' : 'valid')
      if (path === '/well/siteverify') return response.end(JSON.stringify(this.siteverify(JSON.parse(body))))
      if (behaviour === 'flaky') {
        // Each message is refused once, and not when it comes again.
        const id = String(request.headers['webhook-id'])
        const isFirst = this.heard.filter(({ headers }) => headers['webhook-id'] === id).length === 1
        const fate = id.charCodeAt(4) % 4
        if (isFirst && fate === 0) return answer(['503'], response)
        if (isFirst && fate === 1) return answer(['500'], response)
        return answer(['200'], response)
      }
      if (behaviour === 'status') return answer(rest, response)
      if (path === '/robots.txt') return robots(response)
      if (behaviour === 'site') return sitePage(rest.join('/'), response)
      if (behaviour === 'quoting') return response.writeHead(400).end(quote(body))
      if (behaviour === 'echoing') return response.end(echo(body))
      if (behaviour === 'well') return well(rest.join('/'), body, response)
      this.fail(behaviour as Failure, rest.join('/'), response)
    })
  }

  static async start(): Promise<Outside> {
    const outside = new Outside()
    outside.server.listen(0, '127.0.0.1')
    await once(outside.server, 'listening')
    return outside
  }

  stop() {
    for (const drip of this.drips) clearInterval(drip)
    this.server.close()
    this.server.closeAllConnections()
  }

  get origin(): string {
    const { port } = this.server.address() as { port: number }
    return `http://127.0.0.1:${port}`
  }

  /** What was asked at paths that match. */
  asked(path: RegExp): Heard[] {
    return this.heard.filter((heard) => path.test(heard.path))
  }

  /** The configuration with which a service that behaves like this is asked. */
  config(kind: Spoken, behaviour: Failure | 'well'): Record<string, string> {
    const base = `${this.origin}/${behaviour}`
    return {
      akismet: { key: 'k3y', blog: 'https://blog.example/', endpoint: `${base}/akismet` },
      openai: { key: 'sk-1', model: 'omni-moderation-latest', endpoint: `${base}/v1/moderations` },
      webhook: { url: `${base}/webhook`, secret: signingSecret },
    }[kind] as Record<string, string>
  }

  /** The same for Turnstile, which takes a token that says `good`, once for each key of idempotency. */
  turnstile(behaviour: Failure | 'well', secret = 's3cret'): Record<string, string> {
    return { secret, endpoint: `${this.origin}/${behaviour}/siteverify` }
  }

  private siteverify(asked: Record<string, string>) {
    const { secret, response = '', idempotency_key = '' } = asked
    const failed = (code: string) => ({ success: false, 'error-codes': [code], messages: [] })
    if (secret !== 's3cret') return failed('invalid-input-secret')
    if (response === 'trouble') return failed('internal-error')
    if (!response.startsWith('good')) return failed('invalid-input-response')
    const user = this.tokens.get(response) ?? idempotency_key
    if (user !== idempotency_key) return failed('timeout-or-duplicate')
    this.tokens.set(response, user)
    const challenge_ts = new Date().toISOString()
    return { success: true, challenge_ts, hostname: 'blog.example', 'error-codes': [], action: '', cdata: '' }
  }

  private fail(failure: Failure, path: string, response: ServerResponse) {
    if (failure === 'silent') return
    if (failure === 'dripping') {
      response.write(' ')
      const drip = setInterval(() => response.write(' '), 300)
      this.drips.add(drip)
      return
    }
    if (failure === 'broken') {
      response.statusCode = 500
      return well(path, '', response)
    }
    if (failure === 'garbage') return response.end('<html>{"outcome": "fine"')
    if (failure === 'binary') return response.end(Buffer.from([0x66, 0xff, 0xfe, 0x00, 0xc3]))
    if (failure === 'huge') return response.end(Buffer.alloc(10 * 1024 * 1024, ' '))
    if (failure === 'redirecting')
      return response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end()
    response.end(JSON.stringify({ outcome: 'splendid', results: [{ flagged: 'no', categories: [] }] }))
  }
}

/** The status that the path says, `/status/429/120/…`, with the seconds to wait, as a chat's service has it. */
function answer([status = '', after = '']: string[], response: ServerResponse) {
  const headers = /^\d+$/.test(after) ? { 'retry-after': after } : {}
  response
    .writeHead(Number(status), headers)
    .end(JSON.stringify({ ok: false, description: 'chat not found' }))
}

/** A site's own webhook that quotes what it was asked about. */
const echo = (body: string) =>
  JSON.stringify({ outcome: 'doubtful', reason: JSON.parse(body).data.comment.body })

/** A chat's service that refuses a text, and quotes a word of it. */
const quote = (body: string) =>
  JSON.stringify({ ok: false, error: `bad text: ${/Quixotic\w+/.exec(body)?.[0] ?? ''}` })

function well(path: string, body: string, response: ServerResponse) {
  if (/submit-(spam|ham)$/.test(path)) return response.end('Thanks for making the web a better place.')
  if (path.endsWith('comment-check')) {
    const text = new URLSearchParams(body).get('comment_content') ?? ''
    if (text.includes('BLATANT')) response.setHeader('X-akismet-pro-tip', 'discard')
    if (text.includes('UNPAID')) response.setHeader('X-akismet-alert-msg', 'Your key is suspended.')
    if (text.includes('UNKNOWN')) {
      response.setHeader('X-akismet-debug-help', 'Empty "blog" value')
      return response.end('invalid')
    }
    if (text.includes('DOUBT')) response.setHeader('X-akismet-recheck-after', '900')
    return response.end(String(/SPAM|BLATANT/.test(text)))
  }
  const spam = /SPAM|BLATANT/.test(body)
  const doubt = body.includes('DOUBT')
  response.setHeader('content-type', 'application/json')
  if (path.endsWith('moderations')) {
    const categories = { hate: false, harassment: doubt, spam, illicit: null }
    return response.end(JSON.stringify({ id: 'modr-1', results: [{ flagged: spam || doubt, categories }] }))
  }
  const outcome = spam ? 'spam' : doubt ? 'doubtful' : 'fine'
  response.end(JSON.stringify({ outcome, reason: `it\nis ${outcome}` }))
}
