import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCorpus } from '../../../../worker/host/evaluate/corpus.ts'
import { auc, share } from '../../../../worker/host/evaluate/metrics.ts'
import { type Byline, bylineSignNames, bylineSigns } from '../../../../worker/moderation/learner/byline.ts'
import { judge } from '../../../../worker/moderation/learner/judgement.ts'
import { packLesson, unpackLesson } from '../../../../worker/moderation/learner/lessons.ts'
import type { Model } from '../../../../worker/moderation/learner/model.ts'
import { mixed } from '../../../../worker/moderation/learner/regression.ts'
import { thresholdsFor } from '../../../../worker/moderation/learner/thresholds.ts'
import { train } from '../../../../worker/moderation/learner/training.ts'
import { inEnglish, type Told } from './corpus.ts'
import { lessonsOf, modelOf } from './lessons.ts'

const signsOf = (name: string, url: string | null) =>
  bylineSignNames.filter((_, place) => (bylineSigns({ name, url }) >> place) & 1)

const judged = (model: Model, text: string, byline: Byline | null) =>
  judge(model, thresholdsFor(model.spreads, { errorRate: 0.01 }), text, undefined, byline)

describe('A name and a website', () => {
  it.each([
    ['Cheap SEO Services', 'https://cheapseoservices.xyz/', ['trade_name', 'trade_website', 'cheap_ending']],
    [
      'best running shoes',
      'https://a.example/best-shoes-for-you/',
      ['trade_name', 'phrase_name', 'deep_website'],
    ],
    ['Slot88', 'https://slot-88-gacor.vip/', ['trade_name', 'trade_website', 'odd_host', 'cheap_ending']],
    ['Schlüsseldienst Köln', 'https://example.de/', ['trade_name']],
    ['Купить займ онлайн', 'https://example.ru/', ['trade_name']],
    ['SEO対策 東京', 'https://example.jp/', ['trade_name']],
    ['Anna', 'https://example.net/casino.html?ref=7', ['deep_website']],
    ['Anna', 'https://anna.hatenablog.com/', ['hosted', 'own_name']],
    ['Anna Schmidt', 'https://www.anna-schmidt.de/', ['own_name']],
    ['Anna', 'https://xn--80ak6aa92e.de/', []],
  ])('%s at %s show %j', (name, url, signs) => {
    expect(signsOf(name, url)).toEqual(['website', ...signs])
  })

  it.each([
    'Maria da Silva Santos',
    'Ludwig van Beethoven',
    'Dr. Karl Heinz von der Heide',
    'Mary Ann Louise Price',
    'George Best',
    'David Storey',
    'Pierre Deligne',
    'Sergio Pastore',
    '山田 太郎',
    '小林 一茶子',
    '王小明',
    '김민수',
    '홍보라',
    'Иван Петрович Сидоров',
    'محمد عبد الله',
    'Nguyễn Thị Minh Khai',
    'José María de la Cruz',
    'O’Brien, Kate',
  ])('of the person %s show no trade', (name) => {
    const signs = signsOf(name, 'https://home.example/')
    expect(signs).not.toContain('trade_name')
    expect(signs).not.toContain('phrase_name')
  })

  it.each([null, '', 'mailto:a@b.example', 'javascript:alert(1)', 'https://', 'no address'])(
    'show nothing where the website is %j',
    (url) => {
      expect(signsOf('Cheap SEO Services', url)).toEqual([])
    },
  )
})

/** Comments of our own. Their hosts end in a domain that nobody can have, which is taken off. */
const corpus = readCorpus(readFileSync('test/fixtures/bylines.csv'), 'bylines.csv')
  .map(({ name = '', url, ...row }) => ({ ...row, name, url: url?.replace(/\.example(?=\/)/, '') ?? null }))
  .toSorted((one, other) => mixed(one.number) - mixed(other.number))

/** What a learner makes of the corpus that has seen all but a fifth of it, told of names and websites or not. */
function tried(told: boolean) {
  const lessons = corpus.map(({ label, body, ...byline }, seq) => ({
    ...{ seq, label, author: seq, source: null, cluster: seq },
    ...unpackLesson(packLesson(body, told ? byline : null)),
  }))
  const { scores } = train(lessons)
  const bands = corpus.map(() => '')
  for (const fifth of [0, 1, 2, 3, 4]) {
    const model = modelOf(lessons.filter(({ seq }) => seq % 5 !== fifth))
    for (const [at, { body, ...byline }] of corpus.entries())
      if (at % 5 === fifth) bands[at] = judged(model, body, told ? byline : null).band
  }
  const become = (label: string, band: string) =>
    share(
      bands.filter((_, at) => corpus[at]?.label === label),
      (one) => one === band,
    )
  return {
    auc: auc(corpus.map(({ label }, at) => ({ isSpam: label === 'spam', score: scores[at] as number }))),
    spamCalledSpam: become('spam', 'spam'),
    spamCalledFine: become('spam', 'fine'),
    hamCalledFine: become('fine', 'fine'),
    hamCalledSpam: become('fine', 'spam'),
  }
}

describe('Blog spam without a link in its text', () => {
  it('is told from good comments by name and website, where its text does not tell it', () => {
    const [without, known] = [tried(false), tried(true)]
    expect(without.auc).toBeLessThan(0.7)
    expect(without.spamCalledSpam).toBe(0)
    expect(known.auc).toBeGreaterThan(0.95)
    expect(known.spamCalledSpam).toBeGreaterThan(0.4)
    expect(known.hamCalledFine).toBeGreaterThan(2 * (without.hamCalledFine ?? 1))
    expect([known.hamCalledSpam, known.spamCalledFine]).toEqual([0, 0])
  })
})

describe('What a site has learnt of names and websites', () => {
  const advertised: Byline = {
    name: 'Cheap Loans Online',
    url: 'https://cheap-loans-24.top/apply-for-a-loan/',
  }
  const personal: Byline = { name: 'Anna', url: 'https://anna.hatenablog.com/' }
  const from = (texts: Told[], bylines: Record<Told['label'], Byline | null>) =>
    modelOf(
      lessonsOf(texts.map((one) => ({ ...one, ...unpackLesson(packLesson(one.text, bylines[one.label])) }))),
    )
  const texts = inEnglish(120)
  const probes = inEnglish(40, 9)
  const bands = (model: Model, label: Told['label'], byline: Byline) =>
    probes.filter((one) => one.label === label).map(({ text }) => judged(model, text, byline).band)

  it('condemns no comment that is fine by its text, though none but spam had a website', () => {
    const model = from(texts, { fine: null, spam: advertised })
    for (const byline of [personal, advertised])
      expect(bands(model, 'fine', byline).filter((band) => band === 'spam')).toEqual([])
  })

  it('clears no spam, though all good comments had such a website', () => {
    const model = from(texts, { fine: personal, spam: null })
    expect(bands(model, 'spam', personal)).not.toContain('fine')
  })

  it('is of no site in particular: what was called spam under a website speaks against no other of its kind', () => {
    const victim: Byline = { name: 'Vera', url: 'https://vera.example/' }
    const model = from(texts, { fine: personal, spam: victim })
    for (const { text } of probes)
      expect(judged(model, text, { name: 'Nora', url: 'https://nora.example/' })).toMatchObject({
        score: judged(model, text, victim).score,
      })
  })

  it('is told as a reason by the website’s name', () => {
    const model = from(texts, { fine: personal, spam: advertised })
    const spam = probes.find(({ label }) => label === 'spam')?.text as string
    expect(judged(model, spam, advertised).terms).toContain('cheap-loans-24.top')
    expect(judged(model, spam, null).terms).not.toContain('cheap-loans-24.top')
    expect(judged(model, spam, personal).terms).not.toContain('anna.hatenablog.com')
  })
})
