import * as v from 'valibot'
import { siteId } from './fields.ts'

export const automationStates = ['premoderate', 'off', 'learning', 'on', 'stepped_back'] as const

/** Why screening decides nothing by itself, or that it does. */
export type AutomationState = (typeof automationStates)[number]

/** Automatic verdicts that a person decided again without knowing them. */
export interface Audit {
  checked: number
  wrong: number
  /** `wrong / checked`, or null before the first. */
  error: number | null
}

/** `GET /v1/stats`, an item a site. Shares are between 0 and 1. */
export interface SiteStats {
  siteId: string
  automation: {
    state: AutomationState
    /** Decisions it has learnt from, and how many each class still needs. */
    learnt: { fine: number; spam: number }
    needs: { decisions: number; fine: number; spam: number }
    errorRate: number
    /** Measured by the audit, and expected from the site's own decisions by cross-validation. */
    audit: { approve: Audit; spam: Audit }
    expected: { held: number; approve: number; spam: number } | null
    /** Whether every decision is in the model that scores now. */
    upToDate: boolean
  }
  /** Of the latest comments, at most 1,000. */
  screened: number
  held: number
  holdRate: number | null
  /** Share held of each fifty comments, the oldest first; the last may be fewer. */
  series: { screened: number; held: number }[]
  /** Seconds from posting to a person's decision: the median and the slowest tenth, or null. */
  timeToDecision: { median: number; ninetieth: number } | null
}

/** The query of `GET /v1/stats`: one site's figures alone. */
export const statsQuery = v.strictObject({ site: v.optional(siteId) })
