import type { Finding } from '../contract.ts'
import { banned } from './banned.ts'
import type { Facts, Rule } from './facts.ts'
import { honeypot } from './honeypot.ts'
import { links } from './links.ts'
import { newAuthor } from './newAuthor.ts'
import { policy } from './policy.ts'
import { repeat } from './repeat.ts'
import { typingTime } from './typingTime.ts'

/** Every rule, in the order in which their findings are shown. */
export const rules: Rule[] = [banned, honeypot, typingTime, repeat, links, newAuthor, policy]

/** What the rules find in a comment. */
export function findingsOf(facts: Facts): Finding[] {
  return rules.map((rule) => rule(facts)).filter((finding) => finding !== null)
}
