import { describe, expect, it } from 'vitest'
import { fold } from '../../../../worker/moderation/text/normalize.ts'
import { inEnglish, inJapanese } from '../learner/corpus.ts'

describe('Folding sees through', () => {
  it.each<[trick: string, text: string, folded: string]>([
    ['Cyrillic letters in Latin words', 'Сheck оut mу сhаnnel', 'check out my channel'],
    ['Greek letters in Latin words', 'cαsinο bοnus', 'casino bonus'],
    ['Armenian and Cherokee letters', 'casinօ ᏟASINO', 'casino casino'],
    ['Latin letters in Cyrillic words', 'пpодaжа часoв', 'продажа часов'],
    ['mathematical letters', '𝕮𝖆𝖘𝖎𝖓𝖔 𝓌𝒾𝓃', 'casino win'],
    ['letters in circles and squares', 'ⓒⓐⓢⓘⓝⓞ 🄱🄾🄽🅄🅂', 'casino bonus'],
    ['full-width letters', 'ＬＩＮＥ　ＩＤ', 'line id'],
    ['raised letters and ligatures', 'ᵂᴵᴺ ﬁnance', 'win finance'],
    ['half-width katakana', 'ｵﾝﾗｲﾝｶｼﾞﾉ', 'オンラインカジノ'],
    ['struck through letters', 'c̷a̷s̷i̷n̷o̷', 'casino'],
    ['a heap of marks', 'z̸̡̛͓a̴͇͝l̷̥͘g̵̱͐o̶̖͝', 'zalgo'],
    ['letters with accents', 'ćàśíñö', 'casino'],
    ['characters drawn as nothing', 'c\u200ba\u200ds\u00adi\u2060n\ufe0fo\u{e0041}', 'casino'],
    ['marks of direction', 'c\u202ea\u202csin\u2066o', 'casino'],
    ['Hangul fillers', 'c\u3164asino', 'casino'],
    ['spaced letters', 'c a s i n o', 'casino'],
    ['words of spaced letters', 'c a s i n o   b o n u s', 'casino bonus'],
    ['widely spaced letters', 'c  a  s  i  n  o', 'casino'],
    ['spaced Cyrillic and Greek letters', 'к а з и н о κ α ζ ι ν ο', 'казиноκαζινο'],
    ['dotted letters', 'c.a.s.i.n.o b*o*n*u*s', 'casino bonus'],
    ['letters with hyphens', 'c-a-s-i-n-o к-а-з-и-н-о', 'casino казино'],
    ['letters with signs and spaces', 'c - a - s - i - n - o', 'casino'],
    ['digits for letters', 'fr33 b1tc0in$ ca51no', 'free bitcoins casino'],
    ['signs for letters', 'c@sino w!n', 'casino win'],
    ['many tricks at once', 'С\u200bаs1n0 ｂｏｎｕ$', 'casino bonus'],
    ['capitals and white space', '  FREE\n\n\tMoney\u3000NOW ', 'free money now'],
  ])('%s', (_, text, folded) => {
    expect(fold(text)).toBe(folded)
  })
})

describe('Folding leaves alone', () => {
  it.each([
    'привет, как дела?',
    'большое спасибо за статью',
    'да я, и он',
    'москва и moscow',
    'дякую, дуже цікаво',
    'ευχαριστω για το αρθρο',
    'οο, τι ωραιο',
    'ありがとうございます。',
    'ガラスの靴、パン、プリンが大好き',
    'カ ジ ノ',
    '감사합니다, 잘 읽었습니다',
    'شكرا جزيلا على المقال',
    'شُكْرًا أهلاً',
    'תודה רבה על המאמר',
    'धन्यवाद, बहुत अच्छा लेख',
    'ขอบคุณครับ',
    'நன்றி',
    '感谢分享 学到了很多',
    '中文和english',
    'đi đau',
    'straße',
    '👍🎉🍞',
    '🇯🇵🇨🇦',
    'wow! really!!!',
    'what?! no!',
    '2024 10:30 3.14 $100 100%',
    '1 2 3 4 5',
    'i, a teacher, agree',
    'plan a, b or c',
    'vitamin a, c and e',
    'i - a beginner - think so',
    'who am i? a man',
    'he is 6, i am 7',
    'and/or rock-n-roll t-shirt wi-fi covid-19',
    'hello@example.com',
    '@anna hi',
    'r & b, c++ and c#',
    'hm... a',
  ])('%s', (text) => {
    expect(fold(text)).toBe(text)
  })

  it('what has neither digits nor signs in its words, but for capitals', () => {
    const plain = [...inEnglish(150), ...inJapanese(150)].filter(({ text }) => !/[\d$@/]/.test(text))
    expect(plain.length).toBeGreaterThan(200)
    for (const { text } of plain) expect(fold(text)).toBe(text.normalize('NFKC').toLowerCase())
  })
})

describe('Folding', () => {
  it('reads Vietnamese, Russian and Greek without the marks that anybody may add', () => {
    expect(fold('Tiếng Việt, cảm ơn')).toBe('tieng viet, cam on')
    expect(fold('Ещё ёлка, мой')).toBe('еще елка, мои')
    expect(fold('Καλημέρα')).toBe('καλημερα')
  })

  it.each(['か\u3099', 'か゛', 'が', 'ｶﾞ', 'カ\u3099', 'ガ'])(
    'keeps the voicing of Japanese, however it is written: %s',
    (text) => {
      expect(fold(text)).toBe(text.startsWith('か') || text === 'が' ? 'が' : 'ガ')
    },
  )

  it.each(['は\u309a', 'は゜', 'ﾊﾟ'])('keeps the half voicing too: %s', (text) => {
    expect(fold(text)).toMatch(/^[ぱパ]$/)
  })

  it('of what is folded changes nothing more', () => {
    for (const { text } of [...inEnglish(100), ...inJapanese(100)]) expect(fold(fold(text))).toBe(fold(text))
  })

  it('drops signs that stand for whole sentences, and keeps the text about them', () => {
    expect(fold('good ﷺ words')).toBe('good words')
    expect(fold('ﷺ'.repeat(50_000)).length).toBeLessThanOrEqual(4000)
  })

  it.each(['﷽', 'ﷲ', '㍿', '㌖', '\u1f82', '\u0390', 'ﬃ', '\u{1f251}'])(
    'never yields more than 4,000 units, whatever the text normalises to: %s',
    (text) => {
      expect(fold(text.repeat(4000)).length).toBeLessThanOrEqual(4000)
    },
  )

  it.each(['a!', 'a.', 'a ', 'a - ', '. ', 'a1', 'a\u0300', 'аa', '[url', '<a', '!', '\ud83d', 'ｶﾞ', '゛'])(
    'reads no more of %j, 25,000 times, than the first 4,000 units',
    (text) => {
      const hostile = text.repeat(25_000)
      expect(fold(hostile)).toBe(fold(hostile.slice(0, 4000)))
      expect(fold(hostile).length).toBeLessThanOrEqual(4000)
    },
  )

  it.each(['\ud800abc', 'abc\udc00', '\udc00\ud800', `${'x'.repeat(3999)}😀`])(
    'does not mind half a character: case %#',
    (text) => {
      expect(() => fold(text)).not.toThrow()
      expect(fold(text)).toContain(text.includes('abc') ? 'abc' : '')
    },
  )

  it.each(['', ' ', '\n\t', '\u200b', '\ufeff\u00ad'])('of nothing to be seen is nothing: %j', (text) => {
    expect(fold(text)).toBe('')
  })
})
