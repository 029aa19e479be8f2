import { expect, it } from 'vitest'
import type { ImportView, SliceResult } from '../../../worker/contract/imports.ts'
import { fineText, spamText } from '../corpus.ts'
import { begun, imported, slice } from '../importing.ts'
import { eventually } from '../jobs.ts'
import { asOperator, json } from '../product.ts'
import { addSchool, decideAll, examined, finding, kept, lessons, stats, study, taught } from '../school.ts'

const many = lessons({ fine: 100, spam: 100, mixed: 0 })

/** Brings what people decided elsewhere, each comment by an author of its own. */
async function brought(site: string, decided: typeof many): Promise<{ importId: string; ids: string[] }> {
  const { id } = await begun(site)
  const comments = decided.map(([body, action], at) =>
    imported({
      ...{
        body,
        key: `/class/${Math.floor(at / 4)}`,
        decided: true,
        status: action === 'spam' ? 'spam' : 'approved',
      },
      author: { id: at.toString(16).padStart(32, '0'), name: 'Mika', email: null, url: null, staffId: null },
    }),
  )
  for (let at = 0; at < comments.length; at += 100)
    await json<SliceResult>(slice(id, comments.slice(at, at + 100)))
  return { importId: id, ids: comments.map((one) => one.id) }
}

it('A site that imports 200 decisions starts where one stands whose moderators took 200', async () => {
  const [here, there] = [await addSchool(), await addSchool()]
  await taught(here, many)
  await brought(there, many)
  await study(there)
  const [own, other] = [await stats(here), await stats(there)]
  expect(other.automation).toEqual({ ...own.automation, imported: 200 })
  expect(own.automation.learnt.fine + own.automation.learnt.spam).toBeGreaterThan(100)
  expect(other).toMatchObject({ screened: 0, timeToDecision: null })
  const fresh = [fineText(900), spamText(900), fineText(901), spamText(901)]
  const judged = async (site: string) =>
    (await examined(site, fresh)).map((item) => [item.verdict, finding(item, 'learner')?.params.band])
  expect(await judged(there)).toEqual(await judged(here))
})

it('A decision here takes the place of an imported one, and its undo brings that back', async () => {
  const site = await addSchool()
  const { ids } = await brought(site, lessons({ fine: 12, spam: 12, mixed: 0 }))
  await study(site)
  const before = await kept(site)
  const [decision] = await decideAll([{ id: ids[1] as string, action: 'approve' }])
  await study(site)
  expect(await kept(site)).not.toEqual(before)
  await json(asOperator('DELETE', `/v1/decisions/${decision}`))
  await study(site)
  expect(await kept(site)).toEqual(before)
})

it('An import that is taken back is forgotten by the learner', async () => {
  const site = await addSchool()
  const { importId } = await brought(site, lessons({ fine: 12, spam: 12, mixed: 0 }))
  await study(site)
  await json(asOperator('DELETE', `/v1/imports/${importId}`), 202)
  await eventually(async () =>
    expect((await json<ImportView>(asOperator('GET', `/v1/imports/${importId}`))).state).toBe('undone'),
  )
  await study(site)
  expect((await stats(site)).automation).toMatchObject({ imported: 0, learnt: { fine: 0, spam: 0 } })
})
