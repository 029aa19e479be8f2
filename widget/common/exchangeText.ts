import type { ErrorBody, ErrorDetail } from '../../worker/contract/errors.ts'
import { ApiError } from './api.ts'

const unanswered = (error: unknown) => {
  throw new ApiError(0, { code: 'unavailable', message: String(error) })
}

/**
 * The text of an answer that is no JSON, with the session cookie: for the dashboard, on its own origin. Rejects with an
 * `ApiError`, as `exchange` does.
 */
export async function exchangeText(url: string): Promise<[string, Response]> {
  const response = await fetch(url, { credentials: 'same-origin' }).catch(unanswered)
  const text = await response.text().catch(unanswered)
  const { ok, status, statusText, headers } = response
  if (ok) return [text, response]
  const isJson = headers.get('content-type')?.includes('json')
  const usual: ErrorDetail = { code: 'internal', message: statusText }
  throw new ApiError(status, isJson ? (JSON.parse(text) as ErrorBody).error : usual)
}
