import type { ErrorBody, ErrorDetail } from '../../worker/contract/errors.ts'
import { ApiError } from './api.ts'

/**
 * The text of an answer that is no JSON, with the session cookie: for the dashboard, on its own origin. Rejects with an
 * `ApiError`, as `exchange` does.
 */
export async function exchangeText(url: string): Promise<string> {
  const response = await fetch(url, { credentials: 'same-origin' }).catch((error) => {
    throw new ApiError(0, { code: 'unavailable', message: String(error) })
  })
  const { ok, status, statusText } = response
  const text = await response.text().catch((error) => {
    throw new ApiError(0, { code: 'unavailable', message: String(error) })
  })
  if (ok) return text
  const usual: ErrorDetail = { code: 'internal', message: statusText }
  throw new ApiError(status, isJson(response) ? (JSON.parse(text) as ErrorBody).error : usual)
}

const isJson = ({ headers }: Response) => headers.get('content-type')?.includes('json') ?? false
