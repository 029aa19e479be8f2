import { describe, expect, it } from 'vitest'
import { linesOf, readEntries } from '../../../../worker/moderation/text/entries.ts'
import { compileList, findWords } from '../../../../worker/moderation/text/lists.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'

const find = (text: string, ...entries: string[]) => findWords(compileList(entries), fold(text))?.word ?? null

describe('A word of a list', () => {
  it.each([
    ['press', 'Press any key', 'whole'],
    ['CASINO', 'the casino.', 'in other case'],
    ['casino', 'c4s1n0', 'with digits for letters'],
    ['casino', 'c a s i n o', 'spaced'],
    ['casino', 'саsinо', 'with look-alike letters'],
    ['casino', 'c\u0301a\u0308sino', 'with marks'],
    ['casino', '𝓬𝓪𝓼𝓲𝓷𝓸', 'styled'],
    ['casino', 'ca\u200bsino', 'split by what is not seen'],
    ['casino', '_casino_', 'between signs'],
    ['casino', 'カジノcasinoで', 'next to kana'],
    ['casino', 'casino에서', 'next to Hangul'],
    ['easy  money', 'the easiest easy\nmoney', 'of two words'],
    ['casino*', 'casinos', 'as a beginning'],
    ['casino*', 'casino', 'as a beginning with no more to it'],
    ['$$$', 'earn $$$ now', 'of signs'],
    ['.*', 'what .* is', 'that would be a pattern elsewhere'],
    ['c++ (job)', 'a C++ (job)', 'that would be a broken pattern elsewhere'],
    ['казино', 'Лучшее казино!', 'in Russian'],
    ['заработок*', 'заработоком', 'as a beginning in Russian'],
    ['καζίνο', 'ΚΑΖΊΝΟ εδώ', 'in Greek'],
    ['קזינו', 'קזינו, חינם', 'in Hebrew'],
    ['كازينو', 'أفضل كازينو', 'in Arabic'],
    ['كازينو', 'هذا الكازينو وبالكازينو', 'in Arabic after an article'],
    ['카지노', '온라인 카지노는 여기', 'in Korean before a particle'],
    ['カジノ', 'オンラインカジノで稼ぐ', 'anywhere in Japanese'],
    ['ｶｼﾞﾉ', 'カジノ', 'in halfwidth kana'],
    ['赌场', '最好的赌场推荐', 'anywhere in Chinese'],
    ['คาสิโน', 'เล่นคาสิโนออนไลน์', 'anywhere in Thai'],
    ['LINE追加', '今すぐLINE追加して', 'of Latin and kana'],
    ['🎰', 'win 🎰🎰', 'that is an emoji'],
    ['𠮷野家', '今日の𠮷野家は', 'beyond the basic plane'],
    ['जुआ', 'यह जुआ है', 'in Hindi'],
  ])('%s is found in %j: %s', (entry, text) => {
    expect(find(text, entry)).toBe(entry)
  })

  it.each([
    ['press', 'WordPress and expression'],
    ['word', 'WordPress'],
    ['ass', 'a classic assassin'],
    ['casino', 'casinos'],
    ['inter*', 'winter'],
    ['.*', 'anything'],
    ['рак', 'рака, дурак'],
    ['έρω', 'έρωτας'],
    ['시발', '시발점에서'],
    ['지노', '카지노'],
    ['قمار', 'قمارات'],
    ['जुआ', 'जुआरी'],
    ['easy money', 'easy moneybox'],
    ['LINE追加', 'ONLINE追加'],
  ])('%s is not seen in %j', (entry, text) => {
    expect(find(text, entry)).toBeNull()
  })

  it('is found behind others that begin alike, whatever their order', () => {
    const entries = ['cas', 'casino royale', 'casinos', 'casin', 'casino', 'castle']
    expect(find('a casino royal', ...entries)).toBe('casino')
    expect(find('a casino royale', ...entries)).toBe('casino royale')
    expect(find('a casinx', ...entries)).toBeNull()
    expect(find('castles', ...entries)).toBeNull()
    expect(find('casino sale', 'casino', 'casino royale')).toBe('casino')
    expect(find('一二三', '一', '一二四', '一二')).toBe('一二')
  })

  it('is told as its owner wrote it, with how many were found', () => {
    const index = compileList(['  Ｃａｓｉｎｏ ', 'bonus'])
    expect(findWords(index, 'casino casino bonus')).toEqual({ word: '  Ｃａｓｉｎｏ ', count: 2 })
    expect(findWords(compileList(['賭', '賭場']), '賭場')).toEqual({ word: '賭場', count: 1 })
  })

  it('finds the same as looking for each by itself', () => {
    let seed = 5
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const text = (length: number) => Array.from({ length }, () => 'あいう'[random(3)]).join('')
    for (let round = 0; round < 300; round++) {
      const entries = Array.from({ length: 6 }, () => text(2 + random(4)))
      const whole = text(12)
      expect(findWords(compileList(entries), whole) !== null).toBe(
        entries.some((entry) => whole.includes(entry)),
      )
    }
  })

  it('costs little among thousands, in a text made to be slow', () => {
    const alike = Array.from({ length: 5000 }, (_, index) => `${'a'.repeat(90)}b${index}`)
    const kana = Array.from({ length: 5000 }, (_, index) => `${'あ'.repeat(1 + (index % 90))}い${index}`)
    expect(find(`${'a'.repeat(3999)}!`, ...alike)).toBeNull()
    expect(find(`${'あ'.repeat(3999)}!`, ...kana)).toBeNull()
    expect(find(`${'あ'.repeat(3990)}い7`, ...kana)).toMatch(/^あ+い7$/)
  })
})

describe('A plain list', () => {
  const read = (text: string, list: 'hold' | 'domains' = 'hold') => readEntries(list, linesOf(text))

  it('is read by lines, without comments, blanks and what it says twice', () => {
    expect(read('# bad words\r\ncasino\r\n\r\n  Bonus* \n\tＣＡＳＩＮＯ\nbonus\n  # more\n#bonus')).toEqual({
      entries: ['casino', 'Bonus*', 'bonus'],
    })
    expect(read('')).toEqual({ entries: [] })
  })

  it('of domains keeps the domains alone', () => {
    expect(
      read(
        'https://www.Casino.example/win?x\n*.casino.example\nКазино.рф\nxn--80aodfsg.xn--p1ai\n.TK\n192.0.2.1',
        'domains',
      ),
    ).toEqual({
      entries: ['casino.example', 'казино.рф', '.tk', '192.0.2.1'],
    })
  })

  it.each([
    [`ok\n\n${'x'.repeat(101)}`, 'hold', { at: 3, code: 'too_long', limit: 100 }],
    [`${'🎰'.repeat(101)}`, 'hold', { at: 1, code: 'too_long', limit: 100 }],
    [
      Array.from({ length: 5001 }, (_, index) => `w${index}`).join('\n'),
      'hold',
      { at: 5001, code: 'too_long', limit: 5000 },
    ],
    ['ok\n***', 'hold', { at: 2, code: 'invalid' }],
    ['\u200b', 'hold', { at: 1, code: 'invalid' }],
    ['a\u0000b', 'hold', { at: 1, code: 'invalid' }],
    ['a\ud800', 'hold', { at: 1, code: 'invalid' }],
    ['casino.example\nnot a domain', 'domains', { at: 2, code: 'invalid' }],
    ['localhost', 'domains', { at: 1, code: 'invalid' }],
    ['me@casino.example', 'domains', { at: 1, code: 'invalid' }],
  ] as const)('with a bad entry is refused with its line: case %#', (text, list, problem) => {
    expect(read(text, list)).toEqual({ problem })
  })

  it('takes as many and as long entries as it says', () => {
    const longest = Array.from({ length: 5000 }, (_, index) => `${index} ${'あ'.repeat(95)}`)
    expect(readEntries('hold', longest)).toEqual({ entries: longest })
    expect(readEntries('hold', ['🎰'.repeat(100)])).toEqual({ entries: ['🎰'.repeat(100)] })
  })
})
