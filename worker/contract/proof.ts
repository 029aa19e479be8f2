import * as v from 'valibot'
import { uuid } from './input.ts'
import type { Operation } from './operation.ts'

/** What a site asks of who writes, besides the text. */
export const proof = v.union([
  v.object({ kind: v.literal('work') }),
  v.object({ kind: v.literal('turnstile'), siteKey: v.string() }),
])

/** `POST /v1/sites/:site/challenges`: the id of the comment that the work is for. */
export const newChallenge = v.strictObject({ id: uuid })

export const challenge = {
  summary: 'Makes work for a browser to do before it posts the comment of an id.',
  rate: 'writing',
  body: newChallenge,
  answers: {
    200: v.object({
      challenge: v.object({ parameters: v.record(v.string(), v.unknown()), signature: v.string() }),
    }),
  },
} satisfies Operation
