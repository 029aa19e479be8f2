import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { line, uuid, visible } from './input.ts'
import { limits } from './limits.ts'
import { writtenMailAddress } from './mailAddress.ts'
import type { Operation } from './operation.ts'
import { statuses } from './status.ts'

/** Authors that one search tells of, besides others of the same browsers; `more` where there are others. */
export const mostNamesakes = 50

/** Comments of an author that are looked at, the latest first. */
export const mostLookedAt = 100

/** Different names and addresses of an author that are told. */
export const mostAddresses = 10

/** The body of `POST /v1/persons/searches`: one thing by which somebody may be known. */
export const personSearch = v.pipe(
  v.strictObject({
    email: v.optional(writtenMailAddress),
    /** As it was typed, in whatever case and width. */
    name: v.optional(v.pipe(line(limits.name), visible)),
    /** The id of one of their comments. */
    comment: v.optional(uuid),
    /** The token of their browser. */
    token: v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{20,200}$/, 'invalid'))),
    /** The id of one of their authors: whoever wrote with the same e-mail addresses is found, too. */
    author: v.optional(v.pipe(v.string(), v.minLength(1, 'missing'), v.maxLength(64, 'invalid'))),
    /** Of a search by name: where the one before ended. */
    cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'invalid'), v.transform(Number))),
  }),
  v.forward(
    v.check(
      ({ cursor, ...by }) =>
        Object.values(by).filter((one) => one !== undefined).length === 1 &&
        (cursor === undefined || by.name !== undefined),
      'invalid',
    ),
    ['email'],
  ),
)
export type PersonSearch = v.InferOutput<typeof personSearch>

/** An author who may be the person. */
const found = v.object({
  id: v.string(),
  site: v.object({ id: v.string(), name: v.string() }),
  /** Those with the same number are one person: they have one token. */
  browser: whole,
  /** As their latest comment says; null where none has words any more. */
  name: v.nullable(v.string()),
  /** Of their latest comments: those that have words, all by their status, and when the first and the last were written. */
  comments: whole,
  statuses: v.object(v.entriesFromList(statuses, whole)),
  since: v.nullable(moment),
  until: v.nullable(moment),
  /** Whether they have others before these. */
  more: v.boolean(),
  names: v.array(v.string()),
  emails: v.array(v.string()),
  /** Of their latest comments, those they appealed for. */
  appeals: whole,
  /** Complaints that they made of others. */
  flags: whole,
  /** What they want to be told of by mail. */
  subscriptions: whole,
  notes: whole,
  banned: v.boolean(),
  erasure: v.nullable(v.picklist(['working', 'done'])),
})
export type FoundAuthor = v.InferOutput<typeof found>

/** Who may be a person, on your sites. Anybody can write any name and address, so these prove nothing. */
export const person = v.object({
  /** The addresses that were followed, in small letters. */
  emails: v.array(v.string()),
  authors: v.array(found),
  /** Whether there are others with the same address. */
  more: v.boolean(),
  /** Of a search by name: where the next one goes on; null at the end. */
  next: v.nullable(v.string()),
})
export type Person = v.InferOutput<typeof person>

export const findPerson = {
  summary:
    'Finds who somebody may be on your sites, by an e-mail address, a name, a comment, the token of their browser, or an author with all who wrote with the same addresses.',
  body: personSearch,
  answers: { 200: person },
} satisfies Operation
