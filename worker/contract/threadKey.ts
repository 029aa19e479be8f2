import * as v from 'valibot'
import { canonicalKey } from './canonicalKey.ts'
import { line } from './input.ts'
import { limits } from './limits.ts'
import { readableKey } from './readableKey.ts'

/** Longest key as it comes: escaped, and with all that is dropped of it. */
const longestAddress = 8_000

/** A thread key as asked for, in its canonical form; what is measured is the key as people read it. */
export const threadKey = v.pipe(
  line(longestAddress),
  v.transform(canonicalKey),
  v.check((key) => key !== '', 'missing'),
  v.check((key) => [...readableKey(key)].length <= limits.key, `too_long ${limits.key}`),
)
