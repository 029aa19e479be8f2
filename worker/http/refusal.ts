import { type ErrorBody, type ErrorCode, errorStatus } from '../contract/errors.ts'

const sentences: Record<ErrorCode, string> = {
  invalid_json: 'The request body is not valid JSON.',
  invalid_utf8: 'The request body is not valid UTF-8.',
  missing: 'This field is required.',
  wrong_type: 'This field has the wrong type.',
  too_long: 'This is too long.',
  invalid: 'This value is not valid.',
  unknown_field: 'There is no such field.',
  unknown_parameter: 'This address takes no such parameter.',
  unauthorized: 'Sign in, or send a valid API token.',
  account_removed: 'Your account was removed. Ask an owner if you should still have one.',
  link_expired: 'This sign-in link has expired or was used before. Ask for a new one.',
  passkey_unknown:
    'This passkey is not known here: it may have been removed. Use another one, or a sign-in link.',
  passkey_refused: 'This passkey could not be checked, or it took longer than five minutes. Try again.',
  sign_in_expired:
    'You set out for this more than ten minutes ago, or in another browser. Start again from here.',
  sign_in_refused: 'The provider did not let you in, or you stopped on the way. Try again.',
  access_refused:
    'Cloudflare Access did not say who you are, or what it said has ended. Load this page anew.',
  account_unknown:
    'Nobody here has connected this account. Sign in by a link first, then connect it on the page Account.',
  account_taken: 'This account is connected with another member of staff.',
  provider_failed:
    'The provider answered something that cannot be trusted. Whoever runs this instance finds in its log what it was.',
  wrong_origin: 'This page’s address is not registered for the site. Its owner can add it.',
  forbidden: 'You may not do this.',
  banned: 'You can’t post here.',
  proof_needed:
    'This site asks for proof that a person writes. Get a challenge, solve it and send it as `proof`.',
  thread_closed: 'This thread is closed and takes no more comments.',
  edit_window_over: 'This comment can no longer be edited.',
  not_found: 'There is nothing here.',
  unknown_site: 'No site with this id is registered here.',
  method_not_allowed: 'This address does not take that method.',
  id_taken: 'Something else has this id already. Send yours with a new one.',
  appealed_before:
    'You asked for another look at this comment before, and that is possible once. What became of it stands with the comment.',
  conflict: 'This has changed in the meantime.',
  name_taken: 'Somebody else has this name here. Choose another one.',
  last_owner: 'This is the last owner of all sites. Make somebody else an owner of all sites first.',
  too_large: 'The request body is too large.',
  unknown_parent: 'The comment you answer is not there.',
  parent_elsewhere: 'The comment you answer belongs to another thread.',
  rate_limited: 'Too many comments in a short time. Wait a little, then send it again.',
  slow_mode: 'Here each person can write once in a while. Wait a little, then send it again.',
  internal: 'Something went wrong here. Nothing was lost; try again.',
  not_configured: 'This instance is not set up yet.',
  unavailable: 'The database does not answer at the moment. Try again shortly.',
}

interface Circumstances {
  field?: string
  limit?: number
  message?: string
  /** Seconds after which it is worth trying again. */
  retryAfter?: number
  /** What the answer says besides the error. */
  more?: Record<string, unknown>
}

/** A request that is answered with an error: a code for programs, a sentence for people. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly circumstances: Circumstances

  constructor(code: ErrorCode, circumstances: Circumstances = {}) {
    super(circumstances.message ?? sentences[code])
    this.code = code
    this.circumstances = circumstances
  }

  get status(): number {
    return errorStatus[this.code]
  }

  get body(): ErrorBody {
    const { field, limit } = this.circumstances
    const error: ErrorBody['error'] = { code: this.code, message: this.message }
    if (field !== undefined) error.field = field
    if (limit !== undefined) error.limit = limit
    return { ...this.circumstances.more, error }
  }
}
