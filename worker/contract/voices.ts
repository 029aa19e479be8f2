import * as v from 'valibot'
import { moment } from './answers.ts'
import { comment, mostBody } from './comment.ts'
import { line, paragraphs, uuid, visible, webAddress } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { plainTitle } from './pageTitle.ts'
import { threadKey } from './threadKey.ts'

/** How long a code waits to be taken, and how long the token lasts that it is given for. */
export const voiceMs = { code: 2 * 60_000, token: 8 * 3_600_000 } as const

/** The answer to `POST /v1/sites/:site/voices`: a code that a page of the site takes once. */
const given = v.object({ code: v.string(), expiresAt: moment })
export type GivenVoice = v.InferOutput<typeof given>

/** `POST /v1/sites/:site/voice` */
export const voiceTaking = v.strictObject({ code: line(200) })

/** What a page is given for it: a token that posts as somebody of the staff on this site, and opens nothing else. */
const taken = v.object({ token: v.string(), name: v.string(), badge: v.string(), expiresAt: moment })
export type TakenVoice = v.InferOutput<typeof taken>

/** `POST /v1/sites/:site/voice/comments` */
export const staffComment = v.strictObject({
  id: uuid,
  key: threadKey,
  url: webAddress,
  title: v.pipe(paragraphs(limits.title), v.transform(plainTitle)),
  parentId: v.nullish(uuid),
  body: v.pipe(paragraphs(mostBody), visible),
})
export type StaffComment = v.InferInput<typeof staffComment>

const published = v.object({ comment })

export const giveVoice = {
  summary: 'Makes a code with which a page of the site lets you write there as yourself.',
  answers: { 201: given },
} satisfies Operation

export const takeVoice = {
  summary: 'Takes such a code, once, for a token that posts as a member of staff on this site alone.',
  rate: 'writing',
  body: voiceTaking,
  answers: { 201: taken },
} satisfies Operation

export const endVoice = {
  summary: 'Ends that token.',
  answers: { 204: null },
} satisfies Operation

export const postWithVoice = {
  summary: 'Posts as a member of staff, published at once. The same again is harmless.',
  body: staffComment,
  answers: { 200: published, 201: published },
} satisfies Operation
