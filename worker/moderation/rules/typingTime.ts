import type { Rule } from '../facts.ts'

/** A person needs at least this long to touch the form, write and send, in milliseconds. */
const leastMs = 1500

/**
 * Sent sooner after the first touch of the form than a person could. Only a reason to look: a
 * restored draft or pasted text can be quick as well.
 */
export const typingTime: Rule = ({ elapsedMs }) =>
  elapsedMs < leastMs
    ? { code: 'too_fast', weight: 3, params: { seconds: Math.round(elapsedMs / 100) / 10 } }
    : null
