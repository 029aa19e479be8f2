import * as v from 'valibot'
import { type RejectionReason, rejectionReasons } from './decisions.ts'
import { line, paragraphs, visible } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

/** Reasons, and saved answers, that a site may have: each has a key. */
export const mostPhrases = 20

const mostLanguages = 20
const tag = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'invalid'),
  v.check((text) => {
    try {
      return Intl.getCanonicalLocales(text).length === 1
    } catch {
      return false
    }
  }, 'invalid'),
)

/** What something says in some languages, by their tags. */
/* @__NO_SIDE_EFFECTS__ */
const wording = (text: v.GenericSchema<string, string>) =>
  v.pipe(
    v.record(tag, text),
    v.check((texts) => Object.keys(texts).length <= mostLanguages, `too_long ${mostLanguages}`),
  )
export type Wording = Record<string, string>

/** A reason of a site's own: what a decision keeps of it. */
export const ownReason = /^own_[0-9a-f]{8}$/

const reasonCode = v.union(
  [v.picklist(rejectionReasons), v.pipe(v.string(), v.regex(ownReason, 'invalid'))],
  'invalid',
)

/** A reason for a refusal. One that everybody knows may go without words of its own. */
export const reason = v.object({
  code: v.string(),
  texts: v.record(v.string(), v.string()),
  /** It is no longer chosen; what was refused for it keeps it. */
  retired: v.optional(v.literal(true)),
})
export type Reason = v.InferOutput<typeof reason>

/** `PUT /v1/sites/:site/reasons`: all of them, in their order. */
export const reasonsChange = v.strictObject({
  reasons: v.pipe(
    v.array(v.strictObject({ code: reasonCode, texts: wording(v.pipe(line(limits.reason), visible)) })),
    v.minLength(1, 'missing'),
    v.maxLength(mostPhrases, `too_long ${mostPhrases}`),
    v.check((reasons) => new Set(reasons.map(({ code }) => code)).size === reasons.length, 'invalid'),
    v.check(
      (reasons) => reasons.every(({ code, texts }) => isUsual(code) || Object.keys(texts).length > 0),
      'missing',
    ),
  ),
})

/** Whether a reason is one that every locale has words for. */
export const isUsual = (code: string): code is RejectionReason =>
  (rejectionReasons as readonly string[]).includes(code)

/** What a site has that has not chosen. */
export const usualReasons: Reason[] = rejectionReasons.map((code) => ({ code, texts: {} }))

/** An answer that staff gives often; `{name}` in it becomes the name of whom it answers. */
export const savedAnswer = v.object({ title: v.string(), texts: v.record(v.string(), v.string()) })
export type SavedAnswer = v.InferOutput<typeof savedAnswer>

/** Letters of a saved answer's title, and of its text, at most. */
export const answerLimits = { title: 60, text: 4_000 } as const

/** `PUT /v1/sites/:site/saved-answers`: all of them, in their order. */
export const answersChange = v.strictObject({
  answers: v.pipe(
    v.array(
      v.strictObject({
        title: v.pipe(line(answerLimits.title), visible),
        texts: v.pipe(
          wording(v.pipe(paragraphs(answerLimits.text), visible)),
          v.check((texts) => Object.keys(texts).length > 0, 'missing'),
        ),
      }),
    ),
    v.maxLength(mostPhrases, `too_long ${mostPhrases}`),
  ),
})

export const readReasons = {
  summary:
    'Reads the reasons for which a site refuses comments, in their order; those of before are `retired`.',
  answers: { 200: page(reason) },
} satisfies Operation

export const replaceReasons = {
  summary: 'Replaces the reasons for which a site refuses comments. Authors read them in their language.',
  body: reasonsChange,
  answers: { 200: page(reason) },
} satisfies Operation

export const readAnswers = {
  summary: 'Reads the answers that the staff of a site has saved.',
  answers: { 200: page(savedAnswer) },
} satisfies Operation

export const replaceAnswers = {
  summary: 'Replaces the answers that the staff of a site has saved.',
  body: answersChange,
  answers: { 200: page(savedAnswer) },
} satisfies Operation
