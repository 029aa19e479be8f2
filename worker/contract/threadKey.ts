import * as v from 'valibot'
import { canonicalKey } from './canonicalKey.ts'
import { line } from './input.ts'
import { limits } from './limits.ts'

/** A thread key as asked for, in its canonical form. */
export const threadKey = v.pipe(
  line(limits.key),
  v.transform(canonicalKey),
  v.check((key) => key !== '', 'missing'),
)
