import { describe, expect, it } from 'vitest'
import { contentOf, textOf } from '../../../../widget/common/markdown.ts'
import { judge } from '../../../../worker/moderation/learner/judgement.ts'
import { reconsider } from '../../../../worker/moderation/learner/obfuscation.ts'
import { thresholdsFor } from '../../../../worker/moderation/learner/thresholds.ts'
import { fold, isCut } from '../../../../worker/moderation/text/normalize.ts'
import { inEnglish, texts } from './corpus.ts'
import { lessonsOf, modelOf } from './lessons.ts'

const model = modelOf(lessonsOf(inEnglish(200)))
const thresholds = thresholdsFor(model.spreads, { errorRate: 0.05 })
const bandOf = (text: string) => judge(model, thresholds, text).band
const fine = texts(inEnglish(60, 77), 'fine').filter((text) => bandOf(text) === 'fine')
const spam = texts(inEnglish(60, 77), 'spam').filter((text) => bandOf(text) === 'spam')
const [good, pitch] = [fine[0] as string, spam[0] as string]

const bandAfter = (text: string, { name = 'Mika', unquoted = null as string | null } = {}) =>
  reconsider(judge(model, thresholds, text), { model, thresholds }, { name, website: null, unquoted }).band

describe('A fine text', () => {
  it('stays fine under a name', () => {
    for (const name of ['Mika', 'Marguerite de la Tour', '田中 太郎', 'J. R. R. Tolkien'])
      expect([name, bandAfter(good, { name })]).toEqual([name, 'fine'])
  })

  it('is not fine under a name that is a pitch', () => {
    expect(bandAfter(good, { name: pitch.slice(0, 100) })).toBe('unsure')
  })

  it('is not fine when something is said in a script that was not learnt', () => {
    for (const tail of ['副業で月収百万円、今すぐライン追加', '加微信赚钱代开发票', 'заработок без вложений'])
      expect([tail, bandOf(`${good} ${tail}`)]).toEqual([tail, 'unsure'])
    expect(bandOf(`${good} ありがとう`)).toBe('fine')
  })

  it('is not fine when a part of it is in a language that was not learnt', () => {
    const tail = 'Situs judi slot gacor terpercaya bonus member baru daftar sekarang juga hubungi kami'
    expect(bandOf(`${good} ${good} ${tail} ${good}`)).not.toBe('fine')
  })

  it('is not fine when signs that grow leave a part unread', () => {
    const long = `${good} ${'…'.repeat(1390)} ${pitch}`
    expect([long.length < 4000, isCut(long), bandOf(long)]).toEqual([true, true, 'unsure'])
    expect(isCut(good.repeat(10))).toBe(false)
  })
})

describe('Spam', () => {
  it('stays spam that quotes a good text', () => {
    expect(bandAfter(`> ${good}\n\n${pitch}`, { unquoted: pitch })).not.toBe('fine')
    expect(bandAfter(pitch)).toBe('spam')
  })

  it('is not what only a quote says', () => {
    const source = `> ${pitch}\n\n${good}`
    expect(textOf(contentOf(source), false).trim()).toBe(good)
    expect(bandAfter(pitch, { unquoted: good })).toBe('unsure')
  })
})

describe('The text that readers see', () => {
  it.each([
    ['v**ia**gra', 'viagra'],
    ['via`gra`', 'viagra'],
    ['via[gra](https://ok.example)', 'viagra'],
    ['> one\n\ntwo', 'one\n\ntwo'],
  ])('of %j is %j', (source, shown) => {
    expect(textOf(contentOf(source)).trim()).toBe(shown)
  })

  it.each(['ᴠɪᴀɢʀᴀ', '🅥🅘🅐🅖🅡🅐', '⒱⒤⒜⒢⒭⒜', 'vıagra', 'vɩagra'])('folds %s to what it says', (text) => {
    expect(fold(text)).toBe('viagra')
  })
})
