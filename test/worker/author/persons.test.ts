import { beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../../worker/contract/persons.ts'
import { eventually } from '../jobs.ts'
import { addSite, asOperator, json, posted, queue } from '../product.ts'
import { signedIn } from '../staffed.ts'

const other = { id: 'other', name: 'Other' }

beforeEach(async () => {
  await addSite()
  await addSite(other)
})

/** A comment of a browser that has written nothing before. @returns its author */
async function wrote(name: string, email: string | undefined, site = 'blog') {
  const { comment } = await posted({ author: { name, email }, body: `Words of ${name}` }, {}, site)
  return (await queue(`tab=all&ids=${comment.id}`)).items[0]?.author.id ?? ''
}

const find = (query: Record<string, string>, ask = asOperator) =>
  json<Person>(ask('GET', `/v1/persons?${new URLSearchParams(query)}`))

const names = ({ authors }: Person) => authors.map(({ name, site }) => `${name} on ${site.id}`)

describe('A person', () => {
  it('is found by an e-mail address over browsers, names and sites, in whatever case it was written', async () => {
    await wrote('Mika', 'mika@mail.example')
    await wrote('M.', 'Mika@Mail.example')
    await wrote('Mika', 'mika@mail.example', 'other')
    await wrote('Nora', 'nora@mail.example')
    await wrote('Silent', undefined)
    const found = await find({ email: 'MIKA@mail.example' })
    expect(names(found)).toEqual(['Mika on blog', 'M. on blog', 'Mika on other'])
    expect(found.authors.map(({ comments, more }) => ({ comments, more }))).toEqual(
      Array.from({ length: 3 }, () => ({ comments: 1, more: false })),
    )
    expect(names(await find({ email: 'nobody@mail.example' }))).toEqual([])
  })

  it('is found by one of their authors, with all else whom the same address leads to', async () => {
    const author = await wrote('Mika', 'mika@mail.example')
    await wrote('M.', 'mika@mail.example', 'other')
    expect(await find({ author })).toMatchObject({
      emails: ['mika@mail.example'],
      authors: [{ name: 'M.', site: other }],
    })
    const silent = await wrote('Silent', undefined)
    expect(await find({ author: silent })).toEqual({ emails: [], authors: [], more: false })
  })

  it('is nobody of a site that is not yours, and moderators find none', async () => {
    await wrote('Mika', 'mika@mail.example')
    const elsewhere = await wrote('M.', 'mika@mail.example', 'other')
    const owner = await signedIn('Ada', 'owner', ['blog'])
    expect(names(await find({ email: 'mika@mail.example' }, owner.ask))).toEqual(['Mika on blog'])
    expect((await owner.ask('GET', `/v1/persons?author=${elsewhere}`)).status).toBe(404)
    const moderator = await signedIn('Bo', 'moderator')
    expect((await moderator.ask('GET', '/v1/persons?email=mika@mail.example')).status).toBe(403)
  })

  it('is asked for by an address or by an author, not by both or neither', async () => {
    for (const query of ['', 'email=x', 'email=a@b.example&author=a1', 'author=', 'name=Mika'])
      expect((await asOperator('GET', `/v1/persons?${query}`)).status, query).toBe(400)
    expect((await asOperator('GET', '/v1/persons?author=nobody')).status).toBe(404)
  })

  it('is found no more by the address of what was erased', async () => {
    const author = await wrote('Mika', 'mika@mail.example')
    expect((await asOperator('DELETE', `/v1/authors/${author}`)).status).toBe(202)
    await eventually(async () => expect(names(await find({ email: 'mika@mail.example' }))).toEqual([]))
  })
})
