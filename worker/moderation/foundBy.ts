import type { WordList } from '../contract/wordLists.ts'
import type { Facts } from './facts.ts'
import { deniedDomain } from './rules/deniedDomain.ts'
import { wordlist } from './rules/wordlist.ts'
import { fold } from './text/normalize.ts'

/** What one list finds in a comment, a word or a host; null where it finds nothing. */
export function foundBy(
  list: WordList,
  entries: string[],
  { name, body, links }: Pick<Facts, 'name' | 'body' | 'links'>,
): string | null {
  const lists = { hold: [], spam: [], domains: [], [list]: entries }
  const facts = { name, body, links, lists, folded: fold(body), shown: null } as unknown as Facts
  const found = list === 'domains' ? deniedDomain(facts) : wordlist(facts)
  const [finding] = [found].flat()
  if (finding?.code === 'wordlist') return finding.params.word
  return finding?.code === 'denied_domain' ? finding.params.host : null
}
