import { detailOf } from './connection.ts'
import { NoPasskey } from './credentials.ts'
import { errorWords, formatMessage, words } from './words.ts'

/** Why signing in, or what is done for it, came to nothing, as a sentence. */
export function signInFlaw(error: unknown): string {
  if (!(error instanceof NoPasskey)) return errorWords(detailOf(error))
  return formatMessage(words('passkeys').flaws[error.flaw], { host: location.hostname })
}
