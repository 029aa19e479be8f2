import * as v from 'valibot'
import { whole } from './answers.ts'
import { siteId, uuid } from './input.ts'
import type { Operation } from './operation.ts'
import { threadKey } from './threadKey.ts'

/** Comments and pages of one check. */
export const mostChecked = 200

/** `POST /v1/import-checks`: what a site has already of what is to come. */
export const importCheck = v.strictObject({
  site: siteId,
  ids: v.pipe(v.array(uuid), v.maxLength(mostChecked, `too_long ${mostChecked}`)),
  keys: v.pipe(v.array(threadKey), v.maxLength(mostChecked, `too_long ${mostChecked}`)),
})
export type ImportCheck = v.InferOutput<typeof importCheck>

export const importChecked = v.object({
  /** Those of the ids that are there. */
  known: v.array(v.string()),
  /** Those of the pages that are there, with the comments that readers see. */
  threads: v.array(v.object({ key: v.string(), title: v.string(), count: whole })),
})
export type ImportChecked = v.InferOutput<typeof importChecked>

export const checkImport = {
  summary: 'Tells which of some comments and pages a site has already.',
  body: importCheck,
  answers: { 200: importChecked },
} satisfies Operation
