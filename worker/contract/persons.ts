import * as v from 'valibot'
import { whole } from './answers.ts'
import { writtenMailAddress } from './mailAddress.ts'
import type { Operation } from './operation.ts'

/** Authors that are found by an e-mail address; `more` where there are others. */
export const mostNamesakes = 50

/** Comments that are counted of each of them. */
export const mostCountedOfNamesake = 100

/** Comments of an author that are looked at for e-mail addresses, the latest first. */
export const mostLookedAt = 500

/** Different addresses of an author that are followed. */
export const mostAddresses = 10

/** The query of `GET /v1/persons`: an e-mail address, or the id of an author. */
export const personQuery = v.pipe(
  v.strictObject({
    email: v.optional(writtenMailAddress),
    author: v.optional(v.pipe(v.string(), v.minLength(1, 'missing'), v.maxLength(64, 'invalid'))),
  }),
  v.forward(
    v.check(({ email, author }) => (email === undefined) !== (author === undefined), 'invalid'),
    ['email'],
  ),
)

/** `GET /v1/persons`: who wrote with an e-mail address, on your sites. Anybody can write one, so it proves nothing. */
export const person = v.object({
  /** The addresses that were followed, in small letters. */
  emails: v.array(v.string()),
  authors: v.array(
    v.object({
      id: v.string(),
      site: v.object({ id: v.string(), name: v.string() }),
      /** As their latest comment says; null where none has words any more. */
      name: v.nullable(v.string()),
      /** Comments that have words; `more` where only so many were counted. */
      comments: whole,
      more: v.boolean(),
    }),
  ),
  more: v.boolean(),
})
export type Person = v.InferOutput<typeof person>

export const findPerson = {
  summary:
    'Finds who wrote with an e-mail address on your sites, or besides an author with theirs: in other browsers, perhaps as somebody else.',
  query: personQuery,
  answers: { 200: person },
} satisfies Operation
