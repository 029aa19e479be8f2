import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Env } from '../../../worker/env.ts'
import { authorId } from '../../../worker/importers/plan/identity.ts'
import { brought, imported } from '../importing.ts'
import { eventually } from '../jobs.ts'
import { addSite, asOperator, call, json, posted, queue } from '../product.ts'

const mika = 'mika@mail.example'

beforeEach(() => addSite())

const authorOf = async (id: string) => (await queue(`tab=all&ids=${id}`)).items[0]?.author.id ?? ''

const words = async () =>
  (
    await env.DB.prepare('SELECT body FROM comments WHERE erased = 0 ORDER BY seq').all<{ body: string }>()
  ).results.map(({ body }) => body)

async function erase(author: string) {
  await json(asOperator('DELETE', `/v1/authors/${author}`), 202)
  await eventually(async () =>
    expect(await json(asOperator('GET', `/v1/authors/${author}/erasure`))).toMatchObject({ state: 'done' }),
  )
}

/** What an importer calls whoever has an address. */
const idOf = (email: string) =>
  authorId('blog', 'wxr', { author: { identity: null, email, name: 'x' } } as never, crypto.randomUUID())

const by = (id: string, email: string | null, body: string) =>
  imported({ author: { id, name: 'Mika', email, url: null, staffId: null }, body })

const ban = (author: string) =>
  json(asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'author', value: author }), 201)

describe('Whoever was erased', () => {
  it('is not brought back by an import of other comments, by their address or by what it calls them', async () => {
    const { comment } = await posted({ author: { name: 'Mika', email: 'Mika@Mail.Example' }, body: 'Here' })
    await erase(await authorOf(comment.id))
    const first = by('ab'.repeat(16), mika, 'With an address')
    const answer = imported({ parentId: first.id, body: 'An answer of somebody else' })
    await brought([
      first,
      answer,
      by(idOf(' MIKA@mail.example'), null, 'Without addresses'),
      by('cd'.repeat(16), 'other@mail.example', 'Of a namesake'),
    ])
    expect(await words()).toEqual(['An answer of somebody else', 'Of a namesake'])
    const page = await (await call('GET', '/v1/sites/blog/thread?key=/old')).text()
    expect(page).toContain('An answer of somebody else')
    expect(page).not.toContain('With an address')
  })

  it('is not brought back by a later file of the system that they came from, whether or not they are banned', async () => {
    for (const [at, isBanned] of [false, true].entries()) {
      const id = String(at).repeat(32)
      const old = by(id, null, 'As it was')
      await brought([old])
      const author = await authorOf(old.id)
      if (isBanned) await ban(author)
      await erase(author)
      await brought([by(id, null, 'Found later')])
      expect(await words()).toEqual([])
      const { results } = await env.DB.prepare('SELECT token_hash AS hash FROM authors').all<{
        hash: string
      }>()
      expect(results.filter(({ hash }) => hash.includes(id) && id !== '0'.repeat(32))).toEqual([])
    }
  })

  it('leaves a print that nobody without the instance’s secret can tell, and that other sites do not know', async () => {
    await addSite({ id: 'other', name: 'Other' })
    const { comment } = await posted({ author: { name: 'Mika', email: mika }, body: 'Here' }, {}, 'other')
    await erase(await authorOf(comment.id))
    const { results } = await env.DB.prepare('SELECT * FROM erased_persons').all<{
      site_id: string
      print: string
    }>()
    expect(results.map(({ site_id }) => site_id)).toEqual(['other', 'other'])
    for (const { print } of results) expect(print).toMatch(/^[\w-]{43}$/)
    expect((env as unknown as Env).TOKEN_SECRET).toBeTruthy()
    await brought([by('ab'.repeat(16), mika, 'Of this site')])
    expect(await words()).toEqual(['Of this site'])
  })
})
