import { beforeEach, describe, expect, it } from 'vitest'
import type { Posted } from '../../../worker/contract/comment.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Reason, SavedAnswer } from '../../../worker/contract/phrases.ts'
import type { MadeToken } from '../../../worker/contract/tokens.ts'
import { addSite, asOperator, call, decided, json, own, posted, queue } from '../product.ts'

beforeEach(() => addSite({ locale: 'ja' }))

const reasons = '/v1/sites/blog/reasons'
const answers = '/v1/sites/blog/saved-answers'
const rude = {
  code: 'own_00000001',
  texts: { en: 'Rude to the author.', ja: '筆者に失礼です。', 'pt-BR': 'Rude.' },
}

const put = (path: string, body: unknown) => asOperator('PUT', path, body)

/** The reason that an author whose browser asks for some languages is told. */
async function told(reason: string, language?: string) {
  const { comment, token } = await posted()
  await decided(comment.id, 'reject', { reason })
  const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language }
  const seen = await json<Posted>(call('GET', `/v1/sites/blog/comments/${comment.id}`, { token, headers }))
  return seen.comment.own?.reason
}

describe('The reasons for which a site refuses comments', () => {
  it('are the usual six until it has its own, in its order', async () => {
    const before = await json<Page<Reason>>(asOperator('GET', reasons))
    expect(before.items.map(({ code }) => code)).toContain('off_topic')
    expect(before.items).toHaveLength(6)
    const list = [rude, { code: 'abuse', texts: {} }, { code: 'off_topic', texts: { ja: '別の話題です。' } }]
    await json(put(reasons, { reasons: list }))
    expect((await json<Page<Reason>>(asOperator('GET', reasons))).items).toEqual(list)
  })

  it('are told an author in a language of theirs, else in the site’s, else in any', async () => {
    await json(put(reasons, { reasons: [rude, { code: 'abuse', texts: {} }] }))
    expect(await told(rude.code, 'en-GB,en;q=0.9')).toBe('Rude to the author.')
    expect(await told(rude.code, 'de, pt;q=0.5')).toBe('Rude.')
    expect(await told(rude.code, 'ko')).toBe('筆者に失礼です。')
    expect(await told(rude.code)).toBe('筆者に失礼です。')
    expect(await told('abuse', 'en')).toBe('abuse')
    expect(await told('Words of a moderator', 'en')).toBe('Words of a moderator')
  })

  it('are never what somebody typed that looks like one, even once the site has it', async () => {
    const typed = 'own_0000ffff'
    const { comment, token } = await posted()
    await decided(comment.id, 'reject', { reason: typed })
    const reason = async () => (await own(comment.id, token)).own?.reason
    expect(await reason()).toBe(typed)
    await json(put(reasons, { reasons: [{ ...rude, code: typed }] }))
    expect(await reason()).toBe(typed)
    expect(await told(typed, 'en')).toBe('Rude to the author.')
  })

  it('keep their words for what was refused, once they are gone', async () => {
    await json(put(reasons, { reasons: [rude] }))
    const { items } = await json<Page<Reason>>(put(reasons, { reasons: [{ code: 'abuse', texts: {} }] }))
    expect(items).toEqual([
      { code: 'abuse', texts: {} },
      { ...rude, retired: true },
    ])
    expect(await told(rude.code, 'en')).toBe('Rude to the author.')
  })

  it('come with the queue of a site that has its own', async () => {
    await addSite({ id: 'other', name: 'Other' })
    await posted()
    expect((await queue()).reasons).toBeUndefined()
    await json(put(reasons, { reasons: [rude] }))
    expect((await queue()).reasons).toEqual({ blog: [rude] })
    expect((await queue('site=other')).reasons).toBeUndefined()
  })

  it.each([
    [[], 'reasons', 'missing'],
    [[{ code: 'own_00000001', texts: {} }], 'reasons', 'missing'],
    [[{ code: 'whatever', texts: { en: 'No' } }], 'reasons.0.code', 'invalid'],
    [
      [
        { code: 'abuse', texts: {} },
        { code: 'abuse', texts: {} },
      ],
      'reasons',
      'invalid',
    ],
    [[{ code: 'abuse', texts: { en: 'x'.repeat(501) } }], 'reasons.0.texts.en', 'too_long'],
    [[{ code: 'abuse', texts: { '<b>': 'No' } }], 'reasons.0.texts.<b>', 'invalid'],
  ])('are refused in words where they are wrong: %j', async (list, field, code) => {
    const { error } = await json<ErrorBody>(put(reasons, { reasons: list }), 400)
    expect(error).toMatchObject({ field, code })
  })
})

describe('The answers that a site’s staff has saved', () => {
  it('are kept as they were given', async () => {
    expect((await json<Page<SavedAnswer>>(asOperator('GET', answers))).items).toEqual([])
    const list = [
      { title: 'Thanks', texts: { en: 'Thank you, {name}.\n\nIt is mended.', ja: '直しました。' } },
    ]
    await json(put(answers, { answers: list }))
    expect((await json<Page<SavedAnswer>>(asOperator('GET', answers))).items).toEqual(list)
    await json(put(answers, { answers: [{ title: 'Empty', texts: {} }] }), 400)
  })

  it('are for the staff of that site alone, who may save them without being owners', async () => {
    await addSite({ id: 'other', name: 'Other' })
    const { token } = await json<MadeToken>(
      asOperator('POST', '/v1/tokens', { name: 'script', scope: 'moderate', site: 'other' }),
      201,
    )
    const asked = (method: string, path: string, body?: unknown) =>
      call(method, path, { token, body, origin: null })
    for (const path of [reasons, answers]) await json(asked('GET', path), 404)
    await json(asked('PUT', answers, { answers: [] }), 404)
    await json(asked('PUT', '/v1/sites/other/saved-answers', { answers: [] }))
    await json(asked('PUT', '/v1/sites/other/reasons', { reasons: [rude] }), 403)
  })
})
