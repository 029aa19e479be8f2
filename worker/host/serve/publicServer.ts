import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import { pipeline } from 'node:stream'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import type { ErrorBody, ErrorCode } from '../../contract/errors.ts'
import { limits } from '../../contract/limits.ts'
import { Refusal } from '../terminal.ts'
import { headers, target } from './caller.ts'
import type { Log } from './log.ts'

export interface Front {
  /** Starts to pass requests on to the worker at this address. */
  open(worker: URL): void
  close(): Promise<void>
}

export interface Listening {
  host: string
  port: number
  /** Whether a proxy of one's own stands in front and says who calls. */
  trustProxy: boolean
  log?: Log
  /** Whether what is new can be kept; without it, always. */
  hasRoom?: () => Promise<boolean>
}

/**
 * What Cloudflare's edge is in production: the public socket before workerd. It says who is calling,
 * compresses, and answers 503 while the worker is not there.
 *
 * Neither of Miniflare's own sockets will do. Its entry worker takes `CF-Connecting-IP` from the
 * client when the client sends one, so anyone could choose the address they are rate limited by; it
 * obeys `MF-*` headers (another URL, another route) and answers under `/cdn-cgi/`. A direct socket
 * hands over `CF-Connecting-IP` as sent and does not know the peer. So workerd listens on a loopback
 * port of its own, in proxy style (the URL is the request line's), and only this server talks to it.
 * Measured on two cores the worker answers as many requests a second behind it as without it, since
 * this process has the second core to itself.
 */
export async function listen({ host, port, trustProxy, log, hasRoom }: Listening): Promise<Front> {
  const agent = new Agent({ keepAlive: true, maxSockets: 512 })
  let worker: URL | null = null

  const server = createServer((request, response) => {
    note(request, response, log)
    const path = target(request, trustProxy, port)
    if (!path) return refuse(response, 400, 'invalid', 'The Host header of this request is not a host.')
    void read(request).then(
      async (body) => {
        if (hasRoom && !harmless.has(request.method ?? '') && !(await hasRoom())) return full(response)
        if (!worker) return unavailable(request, response)
        const onward = send({
          agent,
          host: worker.hostname,
          port: worker.port,
          method: request.method,
          path,
          headers: { ...headers(request, trustProxy), 'content-length': body.length },
        })
        onward.on('response', (answer) => pass(request, answer, response))
        onward.on('error', () => unavailable(request, response))
        response.on('close', () => onward.destroy())
        onward.end(body)
      },
      () => response.destroy(),
    )
  })
  server.requestTimeout = 60_000

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Refusal(inWords(error, host, port))))
    server.listen(port, host, resolve)
  })
  return {
    open(url) {
      worker = url
    },
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

/**
 * The body, whole, before anything is sent on: so each request to workerd has the length it says, none can
 * hide another in its body, and a slow client holds up nobody. One byte past the largest limit is enough for
 * the worker to refuse it, whatever the route: what is cut here is never taken for the whole.
 */
async function read(request: IncomingMessage): Promise<Buffer> {
  const most = Math.max(limits.request, limits.listRequest) + 1
  if (Number(request.headers['content-length']) >= most) return Buffer.alloc(most)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= most) break
  }
  return Buffer.concat(chunks).subarray(0, most)
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

function unavailable({ url, method }: IncomingMessage, response: ServerResponse) {
  if (response.headersSent) return response.destroy()
  const message = 'The server is starting or restarting; try again in a moment.'
  response.setHeader('retry-after', '1')
  // In whatever folder.
  if (!/^[^?]*\/t\/[\w-]+(\?|$)/.test(url ?? '')) return refuse(response, 503, 'unavailable', message)
  // A reader without a script has this before their eyes.
  if (method === 'GET') response.setHeader('refresh', '2')
  response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(message)
}

function full(response: ServerResponse) {
  response.setHeader('retry-after', '60')
  refuse(
    response,
    503,
    'unavailable',
    'The disk of this server is full; nothing new is taken until there is room.',
  )
}

function refuse(response: ServerResponse, status: number, code: ErrorCode, message: string) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify({ error: { code, message } } satisfies ErrorBody))
}
