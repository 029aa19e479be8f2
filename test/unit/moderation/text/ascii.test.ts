import { describe, expect, it } from 'vitest'
import { featuresOf } from '../../../../worker/moderation/learner/features.ts'
import { sequence } from '../../../../worker/moderation/learner/regression.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'
import { inEnglish } from '../learner/corpus.ts'

/** Texts in ASCII: sentences, and any characters, the telling ones more often. */
function texts(): string[] {
  const random = sequence(5)
  const telling = ' .-@!$1aA*,|/_~·c h'
  const sign = () =>
    random() < 0.7
      ? (telling[Math.floor(random() * telling.length)] as string).replace('·', ' ')
      : String.fromCharCode(Math.floor(random() * 128))
  const made = Array.from({ length: 3000 }, () =>
    Array.from({ length: 4 + Math.floor(random() * 40) }, sign).join(''),
  )
  return [...inEnglish(60).map(({ text }) => text), ...made]
}

/** An invisible character has the text read by the long way, which takes it out. */
const theLongWay = (text: string) => `${text}\u2060`

describe('A text in ASCII', () => {
  it('is folded as one that is not, to the letter', () => {
    for (const text of texts()) expect([text, fold(text)]).toEqual([text, fold(theLongWay(text))])
  })

  it('has the words of one that is not', () => {
    for (const text of texts().map(fold)) {
      const { words, pairs } = featuresOf(text, 0)
      const long = featuresOf(`${text} \u00b7`, 0)
      expect([[...words], [...pairs]]).toEqual([[...long.words], [...long.pairs]])
    }
  })
})
