import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { quietMinute, sweepAt } from '../jobs.ts'
import { addSite, approved, queue, thread } from '../product.ts'
import { costOf } from '../trips.ts'

beforeEach(() => addSite())

/** Has a thread the key that an earlier release gave it. */
const outdate = (key: string, former: string) =>
  env.DB.prepare('UPDATE threads SET key = ?, outdated = 1 WHERE key = ?').bind(former, key).run()

const nfd = '/cafe%CC%81'
const nfc = '/caf%C3%A9'

it('A thread that an earlier release named in another form is found under its key', async () => {
  const { comment } = await approved({ key: nfc })
  await outdate(nfc, nfd)
  expect((await thread(`key=${nfc}&sort=newest`)).items).toEqual([])
  await sweepAt(Date.now())
  for (const key of [nfc, nfd]) expect((await thread(`key=${key}`)).items).toMatchObject([{ id: comment.id }])
})

it('Two threads of one page become one, and keep every comment in its order', async () => {
  const first = await approved({ key: nfc })
  await outdate(nfc, nfd)
  const second = await approved({ key: nfc })
  const waiting = await approved({ key: '/other//page' })
  await sweepAt(Date.now())
  const page = await thread(`key=${nfc}`)
  expect(page.items.map(({ id }) => id)).toEqual([first.comment.id, second.comment.id])
  expect(page.thread.count).toBe(2)
  const third = await approved({ key: nfd })
  expect((await thread(`key=${nfc}&since=${page.thread.version}`)).items).toMatchObject([
    { id: third.comment.id },
  ])
  const { items } = await queue('tab=all')
  expect(items.map(({ thread: { key } }) => key).toSorted()).toEqual(
    [nfc, nfc, nfc, '/other/page'].toSorted(),
  )
  expect(waiting.comment.id).toBeTruthy()
})

it('However many keys are looked at, a sweep takes few round trips', async () => {
  await approved({ key: '/first' })
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
     INSERT INTO threads (site_id, key, created_at, outdated) SELECT 'blog', iif(i % 2, '/%41-' || i, '/kept-' || i), 0, 1 FROM n`,
  ).run()
  const { trips } = await costOf(() => sweepAt(quietMinute()))
  expect(trips).toBeLessThanOrEqual(21)
})

it('A key that is as it should be stays, and is looked at once', async () => {
  await approved({ key: '/%E3%81%82' })
  await env.DB.prepare('UPDATE threads SET outdated = 1').run()
  const before = await thread('key=/あ')
  await sweepAt(Date.now())
  expect(await thread('key=/あ')).toEqual(before)
  expect(await env.DB.prepare('SELECT count(*) AS n FROM threads WHERE outdated = 1').first('n')).toBe(0)
})
