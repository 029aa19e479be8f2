/** The built worker beside which this file is laid; it is not there while types are checked. */
// @ts-expect-error: `build.ts` puts this file next to the bundle.
import bundled from './index.js'

const worker = bundled as Required<Pick<ExportedHandler<Front>, 'fetch' | 'queue' | 'scheduled'>>

interface Front {
  /** Set by `--trust-proxy`: the owner's own reverse proxy stands before this server. */
  TRUST_PROXY?: string
}

/**
 * Stands between the socket and the worker and does what Cloudflare's edge does in production:
 * it says who is calling, so that no client can choose the address it is rate limited by, and it
 * compresses answers.
 */
export default {
  queue: (batch: MessageBatch, env: Front, context: ExecutionContext) => worker.queue(batch, env, context),
  scheduled: (event: ScheduledController, env: Front, context: ExecutionContext) =>
    worker.scheduled(event, env, context),
  async fetch(request: Request, env: Front, context: ExecutionContext) {
    const response = await worker.fetch(named(request, env) as never, env, context)
    return compressed(request, response)
  },
}

/** The request with `CF-Connecting-IP` as seen from here, whatever the client claims. */
function named(request: Request, env: Front) {
  const trusted = env.TRUST_PROXY === 'on'
  const url = new URL(request.url)
  if (trusted && request.headers.get('x-forwarded-proto') === 'https') url.protocol = 'https:'
  const next = new Request(url, request)
  const peer = String((request.cf as { clientIp?: string } | undefined)?.clientIp ?? '').replace(/:\d+$/, '')
  const forwarded = trusted ? request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  next.headers.set('cf-connecting-ip', forwarded || peer.replace(/^\[|\]$/g, '') || '127.0.0.1')
  return next
}

const text = /^(text\/|application\/(json|javascript|.*\+(json|xml)|xml)|image\/svg)/

/** workerd encodes the body when the header says so. */
function compressed(request: Request, response: Response) {
  const type = response.headers.get('content-type') ?? ''
  if (!response.body || response.headers.has('content-encoding') || !text.test(type)) return response
  const accepted = request.headers.get('accept-encoding') ?? ''
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null
  if (!encoding) return response
  const next = new Response(response.body, response)
  next.headers.set('content-encoding', encoding)
  next.headers.append('vary', 'Accept-Encoding')
  next.headers.delete('content-length')
  return next
}
