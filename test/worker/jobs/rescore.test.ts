import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { QueueItem, QueuePage, QueueSort } from '../../../worker/contract/queue.ts'
import { fineText, mixedText, spamText } from '../corpus.ts'
import { eventually } from '../jobs.ts'
import { asOperator, decided, json, posted, queue } from '../product.ts'
import {
  addSchool,
  asked,
  change,
  decideAll,
  finding,
  learnt,
  lessons,
  listed,
  stored,
  taught,
} from '../school.ts'

vi.setConfig({ testTimeout: 30_000 })

const unlearnt = ['とても面白い記事でした。次の回も楽しみです。', 'Очень интересная статья, спасибо автору.']

/** All that a site holds in an order, a few at a time. */
async function pages(site: string, sort: QueueSort, limit: number): Promise<QueueItem[]> {
  const items: QueueItem[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: QueuePage = await queue(
      `site=${site}&sort=${sort}&limit=${limit}${cursor && `&cursor=${cursor}`}`,
    )
    items.push(...page.items)
    cursor = page.next && encodeURIComponent(page.next)
  }
  return items
}

const scoreOf = (item: QueueItem) => Number(finding(item, 'learner')?.params.score)

describe('The held comments of a site', () => {
  it('come the likely fine first or the hardest first, in pages without gaps or repeats', async () => {
    const site = await addSchool({ policy: 'premoderate' })
    await taught(site)
    const twice = fineText(66)
    const bodies = [
      ...[60, 62, 69].flatMap((at) => [spamText(at), mixedText(at), fineText(at)]),
      ...[twice, twice, twice],
      ...unlearnt,
    ]
    const made = (await asked(site, bodies)).map(({ id }) => id)
    const read = (items: QueueItem[]) => items.filter(({ band }) => band !== 'unlearnt')

    const fine = await pages(site, 'fine', 4)
    expect(fine.map(({ id }) => id).toSorted()).toEqual(made.toSorted())
    expect(fine.slice(-2).map(({ band }) => band)).toEqual(['unlearnt', 'unlearnt'])
    const scores = read(fine).map(scoreOf)
    expect(scores).toEqual(scores.toSorted((one, other) => one - other))
    expect(scores[0]).toBeLessThan(0)
    expect(scores.at(-1)).toBeGreaterThan(0)

    const hardest = await pages(site, 'hardest', 3)
    expect(hardest.map(({ id }) => id).toSorted()).toEqual(made.toSorted())
    expect(hardest[0]?.band).toBe('unsure')
    const certain = read(hardest)
      .slice(-2)
      .map(({ band }) => band)
    expect(certain).not.toContain('unsure')
    const place = (items: QueueItem[], band: string) => items.findIndex((item) => item.band === band)
    expect(place(hardest, 'unlearnt')).toBeGreaterThan(0)
    for (const sort of ['fine', 'hardest'] as const)
      for (const limit of [1, 5, 100])
        expect((await pages(site, sort, limit)).map(({ id }) => id)).toEqual(
          (sort === 'fine' ? fine : hardest).map(({ id }) => id),
        )
    expect((await pages(site, 'waiting', 4)).map(({ id }) => id)).toEqual(made)
  })

  it('are read anew when more has been learnt, and the queue is told', async () => {
    const site = await addSchool()
    const [early, spam] = await asked(site, [fineText(60), spamText(60)])
    expect([early?.band, spam?.band]).toEqual([null, null])
    const version = async () => (await asOperator('GET', `/v1/queue?site=${site}`)).headers.get('etag')
    const before = await version()
    const all = lessons()
    const ids = await stored(
      site,
      all.map(([body]) => body),
    )
    await decideAll(all.map(([, action], at) => ({ id: ids[at] as string, action })))
    await learnt(site)
    await eventually(async () => {
      expect(await listed(early?.id as string)).toMatchObject({
        band: 'fine',
        verdict: 'hold',
        status: 'pending',
      })
      expect(await listed(spam?.id as string)).toMatchObject({
        band: 'spam',
        verdict: 'hold',
        status: 'pending',
      })
    })
    expect(await version()).not.toBe(before)
    expect(finding(await listed(spam?.id as string), 'learner')).toMatchObject({
      weight: 0,
      params: { condemns: false },
    })
    expect((await pages(site, 'fine', 10)).map(({ id }) => id)).toEqual([early?.id, spam?.id])
  })

  it.each([
    ['sort=best&site=blog', 'invalid', 'sort'],
    ['sort=fine', 'missing', 'site'],
    ['sort=hardest&site=', 'missing', 'site'],
    ['sort=fine&site=blog&tab=spam', 'invalid', 'sort'],
    ['sort=fine&site=blog&q=hello', 'invalid', 'sort'],
    ['sort=fine&site=blog&author=a', 'invalid', 'sort'],
    ['sort=hardest&site=blog&thread=1', 'invalid', 'sort'],
    ['sort=hardest&site=blog&cursor=12~', 'invalid', 'cursor'],
    ['sort=hardest&site=blog&cursor=12~NaN', 'invalid', 'cursor'],
    ['sort=fine&sort=fine&site=blog', 'invalid', 'sort'],
  ])('say what is wrong with %s', async (query, code, field) => {
    const { error } = await json<ErrorBody>(asOperator('GET', `/v1/queue?${query}`), 400)
    expect(error).toMatchObject({ code, field })
    expect(error.message).toMatch(/^[A-Z].*\.$/)
  })
})

describe('A comment that resembles others', () => {
  const advert = (place: string, number: number) =>
    `We repair roofs and gutters in ${place} at half the price of our competitors, with a guarantee of ten years, call ${number} or see https://roofs${number}.example today.`

  it('says which and how many, however links and digits differ, and how many were refused', async () => {
    const site = await addSchool({ policy: 'postmoderate' })
    const [first, second] = await asked(site, [advert('Leeds', 5551)])
    expect(second).toBeUndefined()
    expect(finding(first, 'near_duplicate')).toBeUndefined()
    await decided(first?.id as string, 'spam')
    const [alike] = (await asked(site, [advert('Leeds', 90_210)])) as [QueueItem]
    expect(alike.verdict).toBe('hold')
    expect(finding(alike, 'near_duplicate')).toEqual({
      code: 'near_duplicate',
      weight: 4,
      params: { count: 1, refused: 1, ids: [first?.id] },
    })
    const [third] = (await asked(site, [`${advert('Leeds', 7)} Thank you!`])) as [QueueItem]
    expect(finding(third, 'near_duplicate')?.params).toEqual({
      count: 2,
      refused: 1,
      ids: [alike.id, first?.id],
    })
    // Release 0.1 kept lists as texts.
    await env.DB.prepare('UPDATE comments SET findings = replace(findings, ?, ?) WHERE id = ?')
      .bind(`["${alike.id}","${first?.id}"]`, `"${alike.id},${first?.id}"`, third.id)
      .run()
    expect(finding(await listed(third.id), 'near_duplicate')?.params.ids).toEqual([alike.id, first?.id])
    const [elsewhere] = (await asked(await addSchool({ policy: 'postmoderate' }), [advert('Leeds', 8)])) as [
      QueueItem,
    ]
    expect(finding(elsewhere, 'near_duplicate')).toBeUndefined()
  })

  it('counts with them as one lesson', async () => {
    const site = await addSchool({ policy: 'premoderate' })
    const items = await asked(
      site,
      [1, 2, 3, 4, 5, 6].map((number) => advert('York', number)),
    )
    await decideAll(items.map(({ id }) => ({ id, action: 'spam' })))
    expect((await learnt(site)).automation.learnt).toMatchObject({ fine: 0, spam: 1 })
  })
})

describe('A domain', () => {
  it('is new to a site until people have approved a comment that links to it', async () => {
    const site = await addSchool({ policy: 'postmoderate' })
    await change(site, { settings: { holdNewDomains: true } })
    const say = async (link: string) => {
      const [item] = await asked(site, [`${Math.random()} is what I read at ${link} today.`])
      return item as QueueItem
    }
    const first = await say('https://www.almanac.example/may')
    expect(first.verdict).toBe('hold')
    expect(finding(first, 'condition')?.params).toEqual({ conditions: ['holdNewDomains'] })
    expect((await say('https://almanac.example/june')).verdict).toBe('hold')
    const { decisionId } = await decided(first.id, 'approve')
    expect((await say('https://almanac.example/july')).verdict).toBe('approve')
    await json(asOperator('DELETE', `/v1/decisions/${decisionId}`))
    await decided((await say('https://other.example')).id, 'spam')
    expect((await say('https://other.example')).verdict).toBe('hold')
    const { comment } = await posted({ author: { name: 'Mika', url: 'https://mika.example' } }, {}, site)
    await eventually(async () => expect((await listed(comment.id)).verdict).toBe('hold'))
  })
})
