import { describe, expect, it } from 'vitest'
import { withoutPageWords } from '../../../../worker/moderation/learner/pageWords.ts'
import { besidesPageWords, opine } from '../../../../worker/moderation/ruling.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'
import { harmless } from '../rules/facts.ts'
import { inEnglish, texts } from './corpus.ts'
import { lessonsOf, modelOf } from './lessons.ts'

const automation = {
  tally: { approve: { checked: 0, wrong: 0 }, spam: { checked: 0, wrong: 0 } },
  steppedBack: { approve: false, spam: false },
}
const model = modelOf(lessonsOf(inEnglish(200)))

const errorRate = 0.05

/** What good comments say on a page about a casino. */
const approved = [
  'The casino on the pier closed when I was a child.',
  'My brother won the jackpot there once, trusted by thousands as it was.',
  'Nobody got instant payout in those days, and the bonus was a drink.',
  'They had a limited offer for sports betting on Sundays.',
  'My grandmother never went in: no guaranteed profit, she said.',
  'The deposit for a coat was more than we paid for lunch.',
  'Double your money, said the sign above the door.',
  'Was it not called the easy cash hall before the war?',
  'I made a visit in the spring, the replica of the sign is lovely.',
  'A loan program saved the building, approved in minutes by the council.',
]

function bandOn(page: string[], text: string) {
  const settings = { ...harmless.settings, errorRate }
  const facts = { ...harmless, settings, body: text, folded: fold(text) }
  const learner = { model, guard: null, automation }
  return besidesPageWords(opine(learner, facts), learner, facts, page).judgement?.band
}

describe('On a page whose approved comments have the words of spam', () => {
  const good =
    'No deposit, instant payout, guaranteed profit with a casino bonus, said they, trusted by thousands!'

  it('a good comment is left to people for which those words alone speak ill', () => {
    expect([bandOn([], good), bandOn(approved, good)]).toEqual(['spam', 'unsure'])
  })

  it('nothing becomes fine by that', () => {
    const spam = texts(inEnglish(60, 77), 'spam').filter((text) => bandOn([], text) === 'spam')
    const bands = spam.map((text) => bandOn([...approved, ...spam], text))
    expect([bands.includes('unsure'), bands.includes('fine')]).toEqual([true, false])
  })

  it('a pitch with other words stays spam', () => {
    const spam = texts(inEnglish(60, 77), 'spam').filter((text) => bandOn([], text) === 'spam')
    const caught = spam.filter((text) => bandOn(approved, text) === 'spam')
    expect(caught.length).toBeGreaterThan(0.6 * spam.length)
  })

  it('ten of them are needed', () => {
    expect(bandOn(approved.slice(1), good)).toBe('spam')
  })
})

describe('The words of a page', () => {
  const page = (text: string) => Array.from({ length: 10 }, () => text)

  it.each([
    ['free casino bonus', 'Our CASINO!', 'free bonus'],
    ['casinos are no casino', 'a casino', 'casinos are no'],
    ['c4sino bonus', 'a casino', 'bonus'],
    ['新しいカジノの記事', 'カジノです', '新しい の記事'],
    ['온라인 카지노', '카지노', '온라인'],
    ['nothing of it', 'else', 'nothing of it'],
    ['all gone', 'gone, all of it', ''],
  ])('of %s, where they say %s, leave %j', (text, said, left) => {
    expect(withoutPageWords(fold(text), page(said))).toBe(left)
  })
})
