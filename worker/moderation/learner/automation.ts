import type { Policy } from '../../contract/policies.ts'
import type { SiteSettings } from '../../contract/siteSettings.ts'
import type { AutomationState } from '../../contract/stats.ts'
import type { Status } from '../../contract/status.ts'
import { isReady, type Model } from './model.ts'

/** Automatic verdicts of one kind that people decided again, and how many they decided otherwise. */
export interface Tally {
  checked: number
  wrong: number
}

/** What keeps screening from deciding by itself on a site. */
export interface Automation {
  tally: Record<'approve' | 'spam', Tally>
  /** Whether it has stepped back from publishing, and from calling spam. */
  steppedBack: Record<'approve' | 'spam', boolean>
}

export const untried: Automation = {
  tally: { approve: { checked: 0, wrong: 0 }, spam: { checked: 0, wrong: 0 } },
  steppedBack: { approve: false, spam: false },
}

/** So unlikely must chance alone be before screening steps back, and so likely before it goes on. */
const surprising = 0.05
const ordinary = 0.2

/**
 * Whether screening steps back, or stays so: when it errs more often than the chosen rate, by more
 * than chance explains (exact binomial test), and more than once. It goes on when chance explains
 * what is measured.
 */
export function stepsBack({ checked, wrong }: Tally, errorRate: number, before: boolean): boolean {
  if (wrong < 2 || wrong / checked <= errorRate) return false
  return atLeast(wrong, checked, errorRate) < (before ? ordinary : surprising)
}

/** The probability of so many errors or more among those checked. */
function atLeast(wrong: number, checked: number, rate: number): number {
  let term = (1 - rate) ** checked
  let fewer = 0
  for (let errors = 0; errors < wrong; errors++) {
    fewer += term
    term *= ((checked - errors) / (errors + 1)) * (rate / (1 - rate))
  }
  return Math.max(0, 1 - fewer)
}

/** As much of what it decides is checked at first, where the site has anything checked. */
const firstShare = 0.2

/** An error so many times the chosen one must not go unnoticed. */
const grave = 5

/**
 * The share of automatic verdicts of a kind that a person checks, from 0 to 1. It falls from a fifth to what the site
 * has chosen once the evidence speaks against a grave error, and rises again with each error (by the likelihood
 * ratio of Wald's sequential test, 1945).
 */
export function checkedShare(
  { auditShare, errorRate }: Pick<SiteSettings, 'auditShare' | 'errorRate'>,
  { checked, wrong }: Tally,
): number {
  if (auditShare === 0 || auditShare >= firstShare) return auditShare
  const feared = Math.min(grave * errorRate, 0.5)
  const ratio = (feared / errorRate) ** wrong * ((1 - feared) / (1 - errorRate)) ** (checked - wrong)
  return auditShare + (firstShare - auditShare) * Math.min(1, 2 * ratio)
}

/** Audited verdicts of each kind that the measured error is taken from. */
export const mostMeasured = 200

/**
 * What keeps screening from deciding, after people decided some of its verdicts again without knowing them: the verdicts
 * with the status each got, the latest first.
 */
export function measured(
  audited: { audited: 'approve' | 'spam'; status: Status }[],
  errorRate: number,
  before: Automation['steppedBack'],
): Automation {
  const tallyOf = (kind: 'approve' | 'spam'): Tally => {
    const own = audited.filter((one) => one.audited === kind).slice(0, mostMeasured)
    const isWrong = ({ status }: { status: Status }) => (status === 'approved') !== (kind === 'approve')
    return { checked: own.length, wrong: own.filter(isWrong).length }
  }
  const tally = { approve: tallyOf('approve'), spam: tallyOf('spam') }
  return {
    tally,
    steppedBack: {
      approve: stepsBack(tally.approve, errorRate, before.approve),
      spam: stepsBack(tally.spam, errorRate, before.spam),
    },
  }
}

/** What a learner may do on a site. */
export function powersOf(
  site: { policy: Policy; settings: Pick<SiteSettings, 'automaticApproval' | 'automaticSpam'> },
  model: Model | null,
): Record<'approves' | 'condemns', boolean> {
  const ready = site.policy !== 'premoderate' && isReady(model)
  return {
    approves: ready && site.settings.automaticApproval,
    condemns: ready && site.settings.automaticSpam,
  }
}

/** The same in one word. */
export function stateOf(
  site: Parameters<typeof powersOf>[0],
  model: Model | null,
  { steppedBack }: Automation,
): AutomationState {
  if (site.policy === 'premoderate') return 'premoderate'
  if (!site.settings.automaticApproval && !site.settings.automaticSpam) return 'off'
  const powers = powersOf(site, model)
  if (!powers.approves && !powers.condemns) return 'learning'
  const back = (powers.approves && steppedBack.approve) || (powers.condemns && steppedBack.spam)
  return back ? 'stepped_back' : 'on'
}
