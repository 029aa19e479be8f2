import type { ErrorBody, ErrorDetail } from '../../worker/contract.ts'

/** A request that was answered with an error, or (`status` 0, code `unavailable`) not at all. */
export class ApiError extends Error {
  readonly status: number
  readonly detail: ErrorDetail
  /** Milliseconds the server asked to wait, or 0. */
  readonly retryAfter: number
  /** The whole answer: some errors carry more than their detail. */
  readonly body: unknown

  constructor(status: number, detail: ErrorDetail, retryAfter = 0, body?: unknown) {
    super(detail.message)
    this.status = status
    this.detail = detail
    this.retryAfter = retryAfter
    this.body = body
  }
}

export interface Call {
  body?: unknown
  /** Bearer token of an author. */
  token?: string | undefined
  etag?: string | undefined
  signal?: AbortSignal
  /** Sends the session cookie: only for the dashboard, on its own origin. */
  session?: boolean
}

export interface Answer<Data> {
  status: number
  /** Undefined for 204 and 304. */
  data: Data
  etag: string | undefined
}

/**
 * The one way to the worker. Resolves for 2xx and 304; rejects with an `ApiError` for all else,
 * a network failure included.
 */
export async function request<Data>(method: string, url: string, call: Call = {}): Promise<Answer<Data>> {
  const headers: Record<string, string> = {}
  if (call.body !== undefined) headers['content-type'] = 'application/json'
  if (call.token) headers.authorization = `Bearer ${call.token}`
  if (call.etag) headers['if-none-match'] = call.etag
  let response: Response
  let data: unknown
  try {
    response = await fetch(url, {
      method,
      headers,
      body: call.body === undefined ? null : JSON.stringify(call.body),
      credentials: call.session ? 'same-origin' : 'omit',
      signal: call.signal ?? null,
    })
    data = response.status === 204 || response.status === 304 ? undefined : await response.json()
  } catch (error) {
    throw new ApiError(0, { code: 'unavailable', message: String(error) })
  }
  if (!response.ok && response.status !== 304)
    throw new ApiError(
      response.status,
      (data as ErrorBody).error ?? { code: 'internal', message: response.statusText },
      Number(response.headers.get('retry-after')) * 1000 || 0,
      data,
    )
  return { status: response.status, data: data as Data, etag: response.headers.get('etag') ?? undefined }
}
