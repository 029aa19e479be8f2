import type { OpenFlag } from '../../../worker/contract/flags.ts'
import { formatMessage, words } from './words.ts'

/** What staff calls a reader who reports: the start of their code suffices to tell them apart. */
export const codeOf = (id: string) => id.slice(0, 5)

/** How staff answered what a reader reported before. */
export function pastWords({ upheld, refused }: OpenFlag['reporter']): string {
  const { past } = words('reports')
  const total = upheld + refused
  return total === 0 ? past.none : formatMessage(past.some, { count: upheld, total })
}
