import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import { pipeline } from 'node:stream'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import { Refusal } from '../terminal.ts'
import { Held, limitOf, read, Unread } from './bodies.ts'
import { headers, network, target } from './caller.ts'
import type { Log } from './log.ts'
import { Pause } from './pause.ts'
import { down, isHealth, later, refuse, unavailable, unread } from './refusals.ts'

export interface Front {
  /** Starts to pass requests on to the worker at this address. */
  open(worker: URL): void
  /** Has requests wait for some work, which begins once those under way are over, or are slow. */
  hold(work: () => Promise<unknown>): Promise<void>
  close(): Promise<void>
}

export interface Listening {
  host: string
  port: number
  /** Whether a proxy of one's own stands in front and says who calls. */
  trustProxy: boolean
  log?: Log
  /** Asked before anything new is taken. */
  obstacle?: () => Promise<Obstacle | null>
  /** Headers by which the worker is told of this server. */
  tells?: () => Record<string, string>
}

/** Why nothing new can be taken at the moment. */
export interface Obstacle {
  /** A sentence for whoever asks. */
  message: string
  /** Whether the server is of no use until somebody mends it: then it is not healthy. */
  grave: boolean
}

/**
 * What Cloudflare's edge is in production: the public socket before workerd. It says who is calling,
 * compresses, and answers 503 while the worker is not there.
 *
 * workerd's own socket will not do: it hands over `CF-Connecting-IP` as sent and does not know the peer, so anyone could
 * choose the address they are rate limited by. So workerd listens on a loopback port, in proxy style (the URL is the
 * request line's), and only this server talks to it.
 * Measured on two cores the worker answers as many requests a second behind it as without it, since
 * this process has the second core to itself.
 */
export async function listen({ host, port, trustProxy, log, obstacle, tells }: Listening): Promise<Front> {
  const agent = new Agent({ keepAlive: true, maxSockets: 512 })
  const held = new Held()
  let worker: URL | null = null
  const pause = new Pause()

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    // Who counts, logs, holds, sends and compresses wants to know of its end: more than Node takes for usual.
    response.setMaxListeners(20)
    note(request, response, log)
    const path = target(request, trustProxy, port)
    if (!path) return refuse(response, 400, 'invalid', 'The Host header of this request is not a host.')
    const limit = limitOf(request)
    const body = await take(request, response, limit)
    const hindered = obstacle && (await obstacle())
    if (hindered && isHealth(request)) {
      if (hindered.grave) return down(response)
    } else if (hindered && !harmless.has(request.method ?? '')) return later(response, 60, hindered.message)
    if (!(await pause.enter(response))) return
    if (!worker) return unavailable(request, response)
    const onward = send({
      agent,
      host: worker.hostname,
      port: worker.port,
      method: request.method,
      path,
      headers: { ...headers(request, trustProxy), ...tells?.(), 'content-length': body.length },
    })
    onward.on('response', (answer) => pass(request, answer, response))
    onward.on('error', () => unavailable(request, response))
    response.on('close', () => onward.destroy())
    onward.end(body)
  }
  /** The body, which is held until the request is answered. */
  const take = (request: IncomingMessage, response: ServerResponse, limit: number) => {
    const from = network(request, trustProxy)
    let bytes = 0
    response.once('close', () => held.give(from, bytes))
    return read(request, limit, (more) => {
      if (response.closed || !held.take(from, more)) return false
      bytes += more
      return true
    })
  }
  const serve = (request: IncomingMessage, response: ServerResponse) =>
    void answer(request, response).catch((error) => {
      if (error instanceof Unread) unread(error, request, response)
      else response.destroy()
    })

  const server = createServer({ connectionsCheckingInterval: 5000 }, serve)
  // Whoever asks before sending is told at once that it is too much.
  server.on('checkContinue', (request, response) => {
    if (!(Number(request.headers['content-length']) > limitOf(request))) response.writeContinue()
    serve(request, response)
  })
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Refusal(inWords(error, host, port))))
    server.listen(port, host, resolve)
  })
  return {
    open(url) {
      worker = url
    },
    hold: (work) => pause.during(work),
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      agent.destroy()
      return closed
    },
  }
}

function inWords({ code, message }: NodeJS.ErrnoException, host: string, port: number) {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken; choose another with --port.`
  if (code === 'EACCES')
    return `Port ${port} needs more rights than this user has; choose another with --port.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is not an address of this machine; choose another with --host.`
  return `Cannot listen on ${host} port ${port}: ${message}`
}

/** Logs a request when it is over. */
function note(request: IncomingMessage, response: ServerResponse, log: Log | undefined) {
  if (!log?.answered) return
  const { socket, method = '', url = '' } = request
  const began = performance.now()
  const sent = socket.bytesWritten
  response.once('close', () =>
    log.answered?.({
      method,
      path: url.replace(/[?#].*/s, ''),
      status: response.headersSent ? response.statusCode : 499,
      ms: Math.round(performance.now() - began),
      bytes: socket.bytesWritten - sent,
    }),
  )
}

/** Methods that change nothing. */
const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

const text = /^(text\/|application\/([\w.-]+\+)?(json|javascript|xml)|image\/svg)/

function pass(request: IncomingMessage, answer: IncomingMessage, response: ServerResponse) {
  const sent = { ...answer.headers }
  delete sent.connection
  delete sent['keep-alive']
  delete sent['transfer-encoding']
  // An answer before the end of the question (413): the rest is not read as the next request.
  if (!request.complete) sent.connection = 'close'
  const encoding = compression(request, answer)
  if (!encoding) {
    response.writeHead(answer.statusCode ?? 502, sent)
    pipeline(answer, response, () => {})
    return
  }
  delete sent['content-length']
  sent['content-encoding'] = encoding
  sent.vary = [sent.vary, 'Accept-Encoding'].filter(Boolean).join(', ')
  if (sent.etag && !sent.etag.startsWith('W/')) sent.etag = `W/${sent.etag}`
  response.writeHead(answer.statusCode ?? 502, sent)
  const encoder =
    encoding === 'br'
      ? createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      : createGzip({ level: 6 })
  pipeline(answer, encoder, response, () => {})
}

function compression(request: IncomingMessage, answer: IncomingMessage) {
  const { headers, statusCode = 0 } = answer
  const bare = request.method === 'HEAD' || statusCode === 204 || statusCode === 304
  if (bare || headers['content-encoding'] || !text.test(headers['content-type'] ?? '')) return null
  if (Number(headers['content-length'] ?? 1000) < 500) return null
  const accepted = String(request.headers['accept-encoding'] ?? '')
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null
}
