import { expect, it } from 'vitest'
import { functionWords } from '../../../../worker/moderation/text/functionWords.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'

it('Words that only hold sentences together are written as texts are folded', () => {
  const words = functionWords.trim().split(/\s+/)
  expect(words.filter((word) => fold(word) !== word)).toEqual([])
})
