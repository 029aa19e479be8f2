import * as v from 'valibot'
import { line, siteId, webAddress } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { mostPagesAsked } from './pageLimits.ts'

/** Characters of an address of a page. */
export const longestPageAddress = limits.url

/** Addresses of a sitemap in one answer. */
export const sitemapPage = 2_000

/**
 * What a page of a site answers: it is there; there is none; it leads to another page of the site; it leads to
 * somewhere else; it was not asked, or did not answer as a page does.
 */
export const pageStates = ['found', 'not_found', 'moved', 'moved_away', 'unreachable'] as const
export type PageState = (typeof pageStates)[number]

/** `POST /v1/page-checks` */
export const pagesAsked = v.strictObject({
  site: siteId,
  /** Addresses on the site's origins. */
  urls: v.pipe(
    v.array(webAddress),
    v.minLength(1, 'missing'),
    v.maxLength(mostPagesAsked, `too_long ${mostPagesAsked}`),
  ),
})
export type PagesAsked = v.InferOutput<typeof pagesAsked>

const checkedPage = v.object({
  url: v.string(),
  state: v.picklist(pageStates),
  /** Where it leads in the end; null where it leads nowhere else. */
  to: v.nullable(v.string()),
  /** How it was not reachable, in a few words of English. */
  detail: v.nullable(v.string()),
})
export type CheckedPage = v.InferOutput<typeof checkedPage>

export const checkPages = {
  summary: 'Asks pages of a site whether they are there, or where they lead.',
  body: pagesAsked,
  answers: { 200: v.object({ items: v.array(checkedPage) }) },
} satisfies Operation

/** `POST /v1/sitemaps` */
export const sitemapAsked = v.strictObject({
  site: siteId,
  /** On one of the site's origins; without it, the site's sitemaps are looked for. */
  url: v.optional(webAddress),
  /** `next` of the answer before. */
  cursor: v.optional(v.pipe(line(10), v.regex(/^\d{1,9}$/, 'invalid'), v.transform(Number))),
})
export type SitemapAsked = v.InferOutput<typeof sitemapAsked>

const sitemap = v.object({
  /** Pages of the site that it names. */
  pages: v.array(v.string()),
  /** Sitemaps that it names, or that were found: each is asked for in turn. */
  sitemaps: v.array(v.string()),
  /** Whether it was there, and could be read. */
  state: v.picklist(['found', 'not_found', 'unreachable']),
  /** How it could not be read, in a few words of English. */
  detail: v.nullable(v.string()),
  /** Cursor for more of its pages, or null. */
  next: v.nullable(v.string()),
})
export type Sitemap = v.InferOutput<typeof sitemap>

export const readSitemap = {
  summary: 'Reads a sitemap of a site, or finds those that it has.',
  body: sitemapAsked,
  answers: { 200: sitemap },
} satisfies Operation
