import type { Facts } from '../facts.ts'
import { fold } from '../text/normalize.ts'
import { judge, type Opinion } from './judgement.ts'
import { read } from './lessons.ts'
import { type Model, wholeScoreOf } from './model.ts'
import type { Thresholds } from './thresholds.ts'

/** Words of a name from which it can say something by itself. */
const sayingWords = 3

/**
 * An opinion of a text with what else is known of the comment: a fine text under a name that reads like
 * spam is not fine, and one that is spam only in what it quotes is not spam. Either is left to people.
 */
export function reconsider(
  opinion: Opinion,
  { model, thresholds }: { model: Model; thresholds: Thresholds },
  { name, website, unquoted }: Pick<Facts, 'name' | 'website' | 'unquoted'>,
): Opinion {
  if (opinion.band === 'fine' && isPitch(model, name)) return { ...opinion, band: 'unsure' }
  if (opinion.band !== 'spam' || unquoted === null) return opinion
  const said = judge(model, thresholds, unquoted, fold(unquoted), { name, url: website })
  if (said.band !== 'spam') return { ...opinion, band: 'unsure' }
  return opinion
}

function isPitch(model: Model, name: string): boolean {
  const folded = fold(name)
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length >= sayingWords && wholeScoreOf(model, read(name, folded)) > 0
}
