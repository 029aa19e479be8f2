import * as v from 'valibot'
import { moment } from './answers.ts'
import { authorName } from './authorName.ts'
import { line, siteId } from './input.ts'
import { mailAddress } from './mailAddress.ts'
import { mailTrouble } from './notifications.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { roles } from './roles.ts'

/** Sites that can be named one by one; who has more has all. */
const mostSites = 100

const role = v.picklist(roles)

/** Every site, those that are added later among them, or some by their ids. */
const sites = v.pipe(
  v.union([v.literal('*'), v.array(siteId)]),
  v.check((ids) => ids.length > 0, 'missing'),
  v.check((ids) => ids.length <= mostSites, `too_long ${mostSites}`),
  v.transform((ids) => (ids === '*' ? ids : [...new Set(ids)])),
)

/** An item of `GET /v1/staff`. */
export const person = v.object({
  id: v.string(),
  name: v.string(),
  role,
  /** Those of the sites that are also of who asks. */
  sites: v.union([v.literal('*'), v.array(v.string())]),
  /** Whether who asks may change and remove them: all of their sites must be of who asks. */
  changeable: v.boolean(),
  createdAt: moment,
  /** Null for those who have not used their invitation. */
  seenAt: v.nullable(moment),
  /** When the invitation of somebody who was never seen ends; null where it has ended. */
  invitedUntil: v.nullable(moment),
  /** Where they are written to, and whether they have confirmed that; told to owners of all sites alone. */
  mail: v.optional(
    v.object({ address: v.string(), confirmed: v.boolean(), trouble: v.nullable(mailTrouble) }),
  ),
})
export type Person = v.InferOutput<typeof person>

/** The query of `GET /v1/staff`: where the page before ended. */
export const staffQuery = v.strictObject({ cursor: v.optional(line(100)) })

/** `POST /v1/staff` */
export const newPerson = v.strictObject({
  ...{ name: authorName, role, sites },
  /** Where the invitation is sent besides. Whoever follows it there confirms the address. */
  email: v.optional(mailAddress),
})
export type NewPerson = v.InferOutput<typeof newPerson>

/** `PATCH /v1/staff/:id`; what is left out stays. */
export const personChange = v.strictObject({
  name: v.optional(authorName),
  role: v.optional(role),
  sites: v.optional(sites),
})
export type PersonChange = v.InferOutput<typeof personChange>

/** A link that signs somebody in, once; it can be read in this answer only. */
export const madeLink = v.object({ id: v.string(), link: v.string(), expiresAt: moment })
export type MadeLink = v.InferOutput<typeof madeLink>

export const listStaff = {
  summary: 'Lists who has an account for your sites, by name.',
  query: staffQuery,
  answers: { 200: page(person) },
} satisfies Operation

export const invite = {
  summary: 'Invites somebody, by a link that signs them in once within seven days.',
  body: newPerson,
  answers: { 201: madeLink },
} satisfies Operation

export const changePerson = {
  summary: 'Changes the name, the role or the sites of somebody.',
  body: personChange,
  answers: { 200: person },
} satisfies Operation

export const removePerson = {
  summary: 'Removes somebody, with their sessions, API tokens and sign-in links.',
  answers: { 204: null },
} satisfies Operation

export const makeLink = {
  summary: 'Makes a new link for somebody, in place of those that were made before.',
  answers: { 201: madeLink },
} satisfies Operation
