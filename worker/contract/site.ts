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
  /** Since when it takes no more comments and is out of the menus; null while it is in use. */
  archivedAt: v.nullable(moment),
})
export type Site = v.InferOutput<typeof site>

/** An item of `GET /v1/sites`: with how many comments it holds, in all, and of the queue's tabs. */
export const listedSite = v.object({
  ...site.entries,
  counts: v.object({ all: whole, held: whole, flagged: whole, spam: whole }),
})
export type ListedSite = v.InferOutput<typeof listedSite>

export const listSites = {
  summary: 'Lists your sites with their settings, and how many comments they hold.',
  answers: { 200: page(listedSite) },
} satisfies Operation

export const addSite = { summary: 'Registers a site.', answers: { 201: site } } satisfies Operation

export const changeSite = {
  summary: 'Changes a site; what is left out stays as it is.',
  answers: { 200: site },
} satisfies Operation

export const archiveSite = {
  summary: 'Archives a site: it is read as before, takes no more comments, and leaves the menus.',
  answers: { 200: site },
} satisfies Operation

export const restoreSite = {
  summary: 'Brings an archived site back.',
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
