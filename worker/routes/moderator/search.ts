import type { Ctx } from '../../access/identity.ts'
import { parseSearch, type SearchTerm, searchProblemInWords } from '../../contract/searchQuery.ts'
import { Refusal } from '../../http/refusal.ts'

/**
 * What somebody typed to search for. Owners find e-mail addresses, too.
 *
 * @throws Refusal `invalid`, which says what is not understood
 */
export function searchOf(c: Ctx, typed: string, field = 'q'): { terms: SearchTerm[]; inEmails: boolean } {
  const { terms, problem } = parseSearch(typed)
  if (problem) throw new Refusal('invalid', { field, message: searchProblemInWords(problem) })
  const { scope } = c.get('moderator')
  return { terms, inEmails: scope === 'own' }
}
