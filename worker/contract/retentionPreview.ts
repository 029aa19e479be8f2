import * as v from 'valibot'
import { whole } from './answers.ts'
import { keptTerms } from './keptTerms.ts'
import type { Operation } from './operation.ts'
import { settingsChange } from './siteSchemas.ts'

/** `POST /v1/sites/:site/retention-preview`: for how long things might be kept. */
export const retentionProposal = v.strictObject({ settings: v.pick(settingsChange, [...keptTerms]) })

const retentionPreview = v.object({
  items: v.array(
    v.object({
      setting: v.picklist(keptTerms),
      /** How much of it goes. */
      removes: whole,
      /** Whether more may go that was not counted. */
      more: v.boolean(),
    }),
  ),
})

/** What proposed settings remove once they count, a day after they are saved: of each that was given. */
export type RetentionPreview = v.InferOutput<typeof retentionPreview>

export const previewRetention = {
  summary: 'Counts what proposed settings would remove, a day after they are saved.',
  answers: { 200: retentionPreview },
} satisfies Operation
