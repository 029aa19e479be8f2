import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { SavedView } from '../../../worker/contract/savedViews.ts'
import { addSite, json } from '../product.ts'
import { type Ask, signedIn } from '../staffed.ts'

const query = 'tab=all&site=blog&q=kitten+-dog'

let owner: Ask
let ann: Ask

beforeEach(async () => {
  await addSite()
  await addSite({ id: 'news', name: 'News' })
  owner = (await signedIn('Olga', 'owner')).ask
  ann = (await signedIn('Ann', 'moderator', ['blog'])).ask
})

const save = (ask: Ask, more: object = {}, status = 201) =>
  json<SavedView>(
    ask('POST', '/v1/views', { id: crypto.randomUUID(), name: 'Kittens', query, ...more }),
    status,
  )
const listed = async (ask: Ask) =>
  (await json<{ items: SavedView[] }>(ask('GET', '/v1/views'))).items.map(({ name }) => name)

describe('A list of the queue', () => {
  it('is saved under a name for oneself, called otherwise, and removed', async () => {
    const id = crypto.randomUUID()
    const view = await save(ann, { id })
    expect(view).toEqual({ id, name: 'Kittens', query, shared: null, mine: true, by: 'Ann' })
    expect(await save(ann, { id }, 200)).toEqual(view)
    await save(ann, { id, name: 'Others' }, 409)
    expect([await listed(ann), await listed(owner)]).toEqual([['Kittens'], []])
    const change = { name: 'Cats', query: 'tab=held&sort=hardest&site=blog' }
    expect(await json(ann('PATCH', `/v1/views/${id}`, change))).toMatchObject(change)
    expect((await owner('PATCH', `/v1/views/${id}`, { name: 'Mine' })).status).toBe(404)
    expect((await owner('DELETE', `/v1/views/${id}`)).status).toBe(404)
    expect((await ann('DELETE', `/v1/views/${id}`)).status).toBe(204)
    expect(await listed(ann)).toEqual([])
  })

  it('is in the log where it is shared, by the name that it has, and else is nobody’s business', async () => {
    const told = async (ask: Ask) =>
      (await json<{ items: AuditEntry[] }>(ask('GET', '/v1/audit-log'))).items
        .filter(({ act }) => act.startsWith('view.'))
        .map(({ act, siteId, details }) => [act, siteId, details.name ?? null])
    await save(ann)
    const { id } = await save(ann, { shared: { site: 'blog' } })
    await json(ann('PATCH', `/v1/views/${id}`, { name: 'Cats' }))
    const ben = (await signedIn('Ben', 'moderator', ['news'])).ask
    expect(await told(ann)).toEqual([
      ['view.change', 'blog', 'Cats'],
      ['view.save', 'blog', 'Cats'],
    ])
    expect(await told(ben)).toEqual([])
    await json(ann('PATCH', `/v1/views/${id}`, { name: 'Secret', shared: null }))
    for (const ask of [ann, owner])
      expect((await told(ask)).map(([, , name]) => name)).not.toContain('Secret')
    await json(ann('PATCH', `/v1/views/${id}`, { name: 'Cats', shared: { site: 'blog' } }))
    expect((await owner('DELETE', `/v1/views/${id}`)).status).toBe(204)
    expect((await told(owner))[0]).toEqual(['view.remove', 'blog', null])
  })

  it('is shared with the staff of a site, and with nobody else', async () => {
    const ben = (await signedIn('Ben', 'moderator', ['news'])).ask
    const both = (await signedIn('Both', 'moderator', ['blog', 'news'])).ask
    const { id } = await save(ann, { shared: { site: 'blog' } })
    await save(owner, { name: 'Of all', query: 'tab=spam', shared: { site: null } })
    expect([await listed(ann), await listed(both), await listed(ben)]).toEqual([['Kittens'], ['Kittens'], []])
    expect(await listed(owner)).toEqual(['Kittens', 'Of all'])
    for (const [shared, field, status] of [
      [{ site: 'news' }, 'shared.site', 404],
      [{ site: null }, 'shared.site', 400],
    ] as const)
      expect(await save(ann, { shared }, status)).toMatchObject({ error: { field } })
    expect(await save(both, { shared: { site: 'news' } }, 400)).toMatchObject({
      error: { code: 'invalid', field: 'shared.site' },
    })
    for (const ask of [ben, both]) expect((await ask('DELETE', `/v1/views/${id}`)).status).toBe(404)
    expect((await owner('DELETE', `/v1/views/${id}`)).status).toBe(204)
  })

  it('is refused where it is none, or where there are enough', async () => {
    for (const query of ['tab=none', 'q=auther:ann', 'tab=all&tab=spam', 'cursor=1', 'hello'])
      expect(await save(ann, { query }, 400), query).toMatchObject({ error: { field: 'query' } })
    for (let at = 0; at < 50; at++) await save(ann, { name: `View ${at}` })
    expect(await save(ann, {}, 409)).toMatchObject({ error: { code: 'conflict', limit: 50 } })
    expect(await listed(ann)).toHaveLength(50)
  })

  it('stays with the others where it is shared, and goes with who saved it where it is not', async () => {
    const { id, ask } = await signedIn('Cleo', 'moderator', ['blog'])
    await save(ask, { shared: { site: 'blog' } })
    await save(ask, { name: 'Own' })
    expect((await owner('DELETE', `/v1/staff/${id}`)).status).toBe(204)
    expect(await listed(ann)).toEqual(['Kittens'])
  })
})
