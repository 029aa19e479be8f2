import type { Rule } from '../facts.ts'
import { isWhereManyAre } from '../text/manySites.ts'

/**
 * A newcomer links to where nothing but spam led before. Anybody can write another's address into spam, so it holds,
 * whatever it weighs, and one approved comment that links there ends it.
 */
export const spamHost: Rule = ({ history, pinned, spamHosts = [] }) => {
  if (history.approved > 0 || pinned === 'trusted') return null
  const host = spamHosts.find((one) => !isWhereManyAre(one))
  return host === undefined ? null : { code: 'spam_host', weight: 0, params: { host } }
}
