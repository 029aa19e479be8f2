import * as v from 'valibot'
import { moment } from './answers.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

/** A page on which a site's thread was asked for: noted once a day for each origin that is registered. */
const sighting = v.object({ origin: v.string(), url: v.string(), at: moment })

/** `GET /v1/sites/:id/sightings` */
export const sightings = v.object({
  ...page(sighting).entries,
  /** A page of another origin that asked within ten minutes, as far as is known: it may be one that is to be registered. */
  unregistered: v.nullable(v.object({ origin: v.string(), at: moment })),
})
export type Sightings = v.InferOutput<typeof sightings>

export const readSightings = {
  summary: 'Tells on which pages a site’s thread was asked for, the latest first.',
  answers: { 200: sightings },
} satisfies Operation
