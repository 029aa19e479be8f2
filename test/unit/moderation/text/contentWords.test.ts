import { describe, expect, it } from 'vitest'
import { contentWords } from '../../../../worker/moderation/text/contentWords.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'

const named = (words: string) => contentWords(words.split(' ').map(fold))

describe('What a person would name of a text', () => {
  it.each([
    [
      'English',
      'the casino is about free money and you would click THE telegram don t',
      'casino free money click telegram',
    ],
    ['English with words that others fill sentences with', 'the war made men die in this', 'war men die'],
    [
      'Japanese',
      'これ は カジノ です 投資 が 無料 ください という 味噌汁 から おすすめ',
      'カジノ 投資 無料 味噌汁 おすすめ',
    ],
    ['Japanese with English', 'これ は bonus です the casino for you', 'bonus casino'],
    ['Chinese', '我们 的 投资 因为 这个 免费 了 這個 賭場', '投资 免费 賭場'],
    ['Korean', '그리고 카지노 있습니다 저는 무료 것', '카지노 무료'],
    ['German', 'die und für Gewinn über nicht war Brot', 'gewinn brot'],
    ['French', 'les très gratuit après être vous voiture', 'gratuit voiture'],
    ['Spanish', 'que más dinero también está gratis', 'dinero gratis'],
    ['Portuguese', 'não dinheiro você também uma grátis', 'dinheiro gratis'],
    ['Russian', 'что ещё казино который бы деньги', 'казино деньги'],
    ['Arabic', 'على كازينو التي هذا في', 'كازينو'],
    ['Indonesian', 'yang judi dan tidak untuk gratis', 'judi gratis'],
    ['Thai', 'ที่ คาสิโน และ ครับ', 'คาสิโน'],
    ['Greek, of which there is no list', 'το καζίνο ο', 'καζινο'],
    ['an address', 'https www casino example com amp', 'casino example'],
    ['nothing but numbers and signs', '123 2026 --- 👍', ''],
  ])('in %s: %s', (_, words, content) => {
    expect(named(words).join(' ')).toBe(content)
  })
})
