import { type FlagReason, urgentReasons } from '../contract/flagReasons.ts'

/** Who reports: whether people approved a comment of theirs, and how staff answered their reports on the site. */
export interface Reporter {
  known: boolean
  upheld: number
  refused: number
}

/** What a report weighs towards the threshold of its site, and whether it brings a comment before a person alone. */
export interface ReportWeight {
  weight: 0 | 1 | 2
  atOnce: boolean
}

/** The least that the past of a reporter must be to speak against them, and for them. */
const least = { refused: 3, answered: 6 }

/** Shares of reports that staff agreed with: below `bad` nothing counts, below `doubtful` no more than a stranger’s. */
const shares = { bad: 0.3, doubtful: 0.5, good: 0.7 }

/**
 * What a report counts, by who makes it. Tokens cost nothing, so a stranger weighs 1; who had a comment approved
 * weighs 2, and nobody weighs more. A past changes that once it is long enough, as Discourse does it: its flags have no
 * bonus before six are answered, and the bonus changes its sign at seven of ten
 * (`ReviewableScore.calc_user_accuracy_bonus`). Tokens being free, three refusals suffice against one.
 */
export function weightOf({ known, upheld, refused }: Reporter, reason: FlagReason): ReportWeight {
  const share = upheld / (upheld + refused)
  const isUrgent = urgentReasons.includes(reason)
  if (refused >= least.refused && share < shares.bad) return { weight: 0, atOnce: false }
  if (refused >= least.refused && share < shares.doubtful) return { weight: 1, atOnce: false }
  const isGood = upheld + refused >= least.answered && share >= shares.good
  return { weight: known || isGood ? 2 : 1, atOnce: isUrgent }
}

/**
 * How many comments may wait at the same time because one report alone brought them: of one reader, from one network,
 * on one page and on a site. What comes beyond counts towards the threshold only. So neither a reader with a good past
 * nor a flood of false reports brings everything back.
 */
export const mostAtOnce = { reader: 3, network: 3, page: 5, site: 20 } as const
