import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { policies } from './policies.ts'
import { siteSettings } from './settingsAnswer.ts'

export const site = v.object({
  id: v.string(),
  name: v.string(),
  /** Where its pages live: `https://blog.example`; a loopback host may have any port, `http://localhost:*`. */
  origins: v.array(v.string()),
  /** BCP 47. */
  locale: v.string(),
  policy: v.picklist(policies),
  settings: siteSettings,
  createdAt: moment,
})
export type Site = v.InferOutput<typeof site>

export const listSites = {
  summary: 'Lists your sites with their settings.',
  answers: { 200: page(site) },
} satisfies Operation

export const addSite = { summary: 'Registers a site.', answers: { 201: site } } satisfies Operation

export const changeSite = {
  summary: 'Changes a site; what is left out stays as it is.',
  answers: { 200: site },
} satisfies Operation

const removal = v.object({
  /** Comments that went this time. */
  comments: whole,
  /** Whether the site is gone. */
  done: v.boolean(),
})
export type SiteRemoval = v.InferOutput<typeof removal>

export const removeSite = {
  summary: 'Removes a site with all its comments for good, some at a time: repeat it until it is done.',
  answers: { 200: removal },
} satisfies Operation
