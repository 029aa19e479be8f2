/** Every error code with its HTTP status. */
export const errorStatus = {
  invalid_json: 400,
  invalid_utf8: 400,
  missing: 400,
  wrong_type: 400,
  too_long: 400,
  invalid: 400,
  unknown_field: 400,
  unknown_parameter: 400,
  unauthorized: 401,
  account_removed: 401,
  link_expired: 401,
  passkey_unknown: 401,
  passkey_refused: 401,
  sign_in_expired: 401,
  sign_in_refused: 401,
  access_refused: 401,
  wrong_origin: 403,
  forbidden: 403,
  banned: 403,
  thread_closed: 403,
  proof_needed: 403,
  edit_window_over: 403,
  account_unknown: 403,
  not_found: 404,
  unknown_site: 404,
  method_not_allowed: 405,
  account_taken: 409,
  id_taken: 409,
  appealed_before: 409,
  conflict: 409,
  name_taken: 409,
  last_owner: 409,
  too_large: 413,
  unknown_parent: 422,
  parent_elsewhere: 422,
  rate_limited: 429,
  slow_mode: 429,
  internal: 500,
  provider_failed: 502,
  not_configured: 503,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof errorStatus

export interface ErrorDetail {
  code: ErrorCode
  /** A sentence for a person, in English; the locales have their own by code. */
  message: string
  /** The input it is about, as a path: `body`, `author.email`. */
  field?: string
  /** The limit that was passed. */
  limit?: number
}

export interface ErrorBody {
  error: ErrorDetail
}
