import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorBody, ErrorCode } from '../../contract/errors.ts'
import type { Health } from '../../contract/health.ts'
import { limitOf, type Unread } from './bodies.ts'

/** Says that the worker is not there. */
export function unavailable({ url, method }: IncomingMessage, response: ServerResponse) {
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

/** Says why a body was not read; the rest of it is not read as the next request. */
export function unread({ why }: Unread, request: IncomingMessage, response: ServerResponse) {
  if (why === 'slow') return response.destroy()
  response.setHeader('connection', 'close')
  if (why === 'crowded')
    return later(response, 5, 'Too many requests are being sent at the moment; try again in a moment.')
  const limit = limitOf(request)
  refuse(response, 413, 'too_large', 'The request body is too large.', limit)
}

/** Whether it is asked how the server is, in whatever folder. */
export const isHealth = ({ url = '' }: IncomingMessage) => /^[^?]*\/v1\/health(\?|$)/.test(url)

/** Says that the server is of no use until somebody mends it. */
export function down(response: ServerResponse) {
  response.writeHead(503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify({ status: 'down', database: 'down' } satisfies Health))
}

/**
 * Refuses for a while.
 *
 * @param seconds after which it is worth trying again
 */
export function later(response: ServerResponse, seconds: number, message: string) {
  response.setHeader('retry-after', String(seconds))
  refuse(response, 503, 'unavailable', message)
}

/** Answers with an error, as the worker does. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: ErrorCode,
  message: string,
  limit?: number,
) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  const error = { code, message, ...(limit !== undefined && { limit }) }
  response.end(JSON.stringify({ error } satisfies ErrorBody))
}
