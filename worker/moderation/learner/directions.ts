import type { Script } from '../text/scripts.ts'
import { least, type Model } from './model.ts'

/** In which direction screening may decide by itself what is written in a writing system. */
export type Direction = 'both' | 'fine' | 'spam' | 'none'

/**
 * Where enough of both classes was decided in a writing system, either. Where hardly any of the site's spam is
 * written in it, a comment in it may be published: by the rule of succession (Laplace) that publishes no more spam
 * than may be. So it is the other way round.
 */
export function directionIn(
  { scripts }: Pick<Model, 'scripts'>,
  script: Script,
  errorRate: number,
): Direction {
  const own = scripts[script] ?? { fine: 0, spam: 0 }
  const isEnough = (count: number) => count >= least.ofEach - 1e-6
  if (isEnough(own.fine) && isEnough(own.spam)) return 'both'
  const all = Object.values(scripts)
  const isRare = (label: 'fine' | 'spam') =>
    (own[label] + 1) / (all.reduce((sum, one) => sum + one[label], 0) + 2) <= errorRate
  if (isEnough(own.fine) && isRare('spam')) return 'fine'
  return isEnough(own.spam) && isRare('fine') ? 'spam' : 'none'
}
