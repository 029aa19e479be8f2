import * as v from 'valibot'
import { share, whole } from './answers.ts'
import { siteId } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

export const automationStates = ['premoderate', 'off', 'learning', 'on', 'stepped_back'] as const

/** Why screening decides nothing by itself, or that it does. */
export type AutomationState = (typeof automationStates)[number]

/** Automatic verdicts that a person decided again without knowing them. */
const audit = v.object({
  checked: whole,
  wrong: whole,
  /** `wrong / checked`, or null before the first. */
  error: v.nullable(share),
})
export type Audit = v.InferOutput<typeof audit>

/** `GET /v1/stats`, an item a site. Shares are between 0 and 1. */
export const siteStats = v.object({
  siteId: v.string(),
  automation: v.object({
    state: v.picklist(automationStates),
    /** Decisions it has learnt from: approvals, spam, and the latest refusals for other reasons, 150 at most. */
    learnt: v.object({ fine: whole, spam: whole, refused: whole }),
    /** Decisions of another system that came with imports, and that it learns from until somebody decides here. */
    imported: whole,
    needs: v.object({ decisions: whole, fine: whole, spam: whole }),
    errorRate: share,
    /** Measured by the audit, and expected from the site's own decisions by cross-validation. */
    audit: v.object({ approve: audit, spam: audit }),
    expected: v.nullable(v.object({ held: share, approve: share, spam: share })),
    /** Whether every decision is in the model that scores now. */
    upToDate: v.boolean(),
  }),
  /** Comments that came today (UTC), and after how many newcomers must prove that they are people. */
  today: v.object({ comments: whole, budget: whole }),
  /** About the bytes that the comments take in the database, and how many they may; null for any number. */
  storage: v.object({ bytes: whole, limit: v.nullable(whole) }),
  /** Of the latest verdicts, at most 1,000. */
  screened: whole,
  held: whole,
  holdRate: v.nullable(share),
  /** Share held of each fifty verdicts, the oldest first; the last may be fewer. */
  series: v.array(v.object({ screened: whole, held: whole })),
  /** Seconds from posting to a person's decision: the median and the slowest tenth of the latest 250, or null. */
  timeToDecision: v.nullable(v.object({ median: v.number(), ninetieth: v.number() })),
})
export type SiteStats = v.InferOutput<typeof siteStats>

/** The query of `GET /v1/stats`: one site's figures alone, or those after a site. */
export const statsQuery = v.strictObject({ site: v.optional(siteId), cursor: v.optional(siteId) })

export const readStats = {
  summary: 'Tells how screening does on your sites, or on one.',
  query: statsQuery,
  answers: { 200: page(siteStats) },
} satisfies Operation
