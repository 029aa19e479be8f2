import type { ErrorBody, ErrorDetail } from '../../worker/contract/errors.ts'

/** A request that was answered with an error, or (`status` 0, code `unavailable`) not at all. */
export class ApiError extends Error {
  declare readonly status: number
  declare readonly detail: ErrorDetail
  /** Milliseconds the server asked to wait, or 0. */
  declare readonly retryAfter: number
  /** The whole answer: some errors carry more than their detail. */
  declare readonly body: unknown

  constructor(status: number, detail: ErrorDetail, retryAfter = 0, body?: unknown) {
    super(detail.message)
    Object.assign(this, { status, detail, retryAfter, body })
  }
}

/**
 * The one way to the worker. Resolves for 2xx and 304, with no data where the answer is empty;
 * rejects with an `ApiError` for all else, a network failure included.
 */
export async function exchange<Data>(url: string, init?: RequestInit): Promise<[Data, Response]> {
  let response: Response
  let data: unknown
  try {
    response = await fetch(url, init)
    const text = await response.text()
    data = text ? JSON.parse(text) : undefined
  } catch (error) {
    throw new ApiError(0, { code: 'unavailable', message: String(error) })
  }
  const { ok, status, statusText, headers } = response
  if (!ok && status !== 304)
    throw new ApiError(
      status,
      (data as ErrorBody | undefined)?.error ?? { code: 'internal', message: statusText },
      Number(headers.get('retry-after')) * 1000 || 0,
      data,
    )
  return [data as Data, response]
}

export interface Call {
  body?: unknown
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

/** An exchange as the dashboard needs it. */
export async function request<Data>(method: string, url: string, call: Call = {}): Promise<Answer<Data>> {
  const headers: Record<string, string> = {}
  if (call.body !== undefined) headers['content-type'] = 'application/json'
  if (call.etag) headers['if-none-match'] = call.etag
  const [data, response] = await exchange<Data>(url, {
    method,
    headers,
    body: call.body === undefined ? null : JSON.stringify(call.body),
    credentials: call.session ? 'same-origin' : 'omit',
    signal: call.signal ?? null,
  })
  return { status: response.status, data, etag: response.headers.get('etag') ?? undefined }
}
