import { defaultSettings } from '../../contract/siteSettings.ts'
import { type Automation, checkedShare, measured, untried } from '../../moderation/learner/automation.ts'
import { sequence } from '../../moderation/learner/regression.ts'

/** How screening errs, and for how long it is watched. */
export interface OwnErrors {
  /** The share of its automatic verdicts that is wrong. */
  rate: number
  verdicts: number
}

/** On how many sites of a thousand screening notices within so many verdicts that it errs, as a share. Deterministic. */
export function noticed(errors: OwnErrors, seed: number): number {
  const sites = Array.from({ length: 1000 }, (_, site) => isNoticed(errors, sequence(seed * 1000 + site)))
  return sites.filter(Boolean).length / sites.length
}

function isNoticed({ rate, verdicts }: OwnErrors, random: () => number): boolean {
  const audits: Parameters<typeof measured>[0] = []
  let automation: Automation = untried
  for (let verdict = 0; verdict < verdicts; verdict++) {
    const share = checkedShare(defaultSettings, automation.tally.approve)
    const [isPicked, isWrong] = [random() < share, random() < rate]
    if (!isPicked) continue
    audits.unshift({ audited: 'approve', status: isWrong ? 'rejected' : 'approved' })
    automation = measured(audits, defaultSettings.errorRate, automation.steppedBack)
    if (automation.steppedBack.approve) return true
  }
  return false
}
