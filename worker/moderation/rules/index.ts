import type { Finding } from '../../contract/findings.ts'
import type { Facts, Rule } from '../facts.ts'
import { authorRejected } from './authorRejected.ts'
import { banned } from './banned.ts'
import { condition } from './condition.ts'
import { deniedDomain } from './deniedDomain.ts'
import { external } from './external.ts'
import { flagged } from './flagged.ts'
import { honeypot } from './honeypot.ts'
import { impersonation } from './impersonation.ts'
import { invisibleCharacters } from './invisibleCharacters.ts'
import { learnt } from './learnt.ts'
import { linkInName } from './linkInName.ts'
import { links } from './links.ts'
import { maskedLink } from './maskedLink.ts'
import { mixedScript } from './mixedScript.ts'
import { nearDuplicate } from './nearDuplicate.ts'
import { newAuthor } from './newAuthor.ts'
import { pageWords } from './pageWords.ts'
import { policy } from './policy.ts'
import { repeat } from './repeat.ts'
import { resemblesRefused } from './resemblesRefused.ts'
import { screeningUnavailable } from './screeningUnavailable.ts'
import { shortener } from './shortener.ts'
import { spamHost } from './spamHost.ts'
import { styledUnicode } from './styledUnicode.ts'
import { typingTime } from './typingTime.ts'
import { wordlist } from './wordlist.ts'

/** Every rule, in the order in which their findings are shown. */
export const rules: Rule[] = [
  banned,
  honeypot,
  typingTime,
  repeat,
  nearDuplicate,
  wordlist,
  links,
  deniedDomain,
  shortener,
  maskedLink,
  spamHost,
  pageWords,
  resemblesRefused,
  linkInName,
  impersonation,
  mixedScript,
  invisibleCharacters,
  styledUnicode,
  authorRejected,
  flagged,
  learnt,
  external,
  condition,
  newAuthor,
  policy,
  screeningUnavailable,
]

/** What the rules find in a comment. */
export function findingsOf(facts: Facts): Finding[] {
  return rules.flatMap((rule) => rule(facts) ?? [])
}
