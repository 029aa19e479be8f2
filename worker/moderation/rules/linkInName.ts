import type { Rule } from '../facts.ts'
import { invisible } from '../text/normalize.ts'
import { things, topLevel } from '../text/topLevel.ts'
import { mayHaveHost, withDots } from '../text/writtenLinks.ts'

const letter = '[\\p{L}\\p{M}\\p{N}]'
const long = '[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}]'
const domain = new RegExp(`(?<!${letter})${long}\\.(?:${topLevel.join('|')})(?!${letter}|-|\\.\\p{L})`, 'u')
const address = new RegExp(
  `\\p{L}+://|(?<!${letter})www\\.${letter}|(?<!${letter})(?:${long}\\.\\p{L}{2,}|[a-z]\\.(?:cc|co|ly|me))/[\\p{L}\\p{N}@?+~_-]`,
  'u',
)

/** The author's name holds an address. */
export const linkInName: Rule = ({ name }) => {
  const plain = name.normalize('NFKC').replace(invisible, '').toLowerCase()
  const text = withDots(plain).replace(things, '')
  if (!mayHaveHost(text)) return null
  if (!address.test(text) && !domain.test(text)) return null
  return { code: 'link_in_name', weight: 3, params: { name } }
}
