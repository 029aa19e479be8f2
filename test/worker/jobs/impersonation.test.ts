import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { addSite, approved, asOperator, json, posted, queue, screened } from '../product.ts'

beforeEach(() => addSite({ policy: 'postmoderate' }))

const found = async (name: string, token?: string) => {
  const { comment } = await posted({ author: { name } }, token ? { token } : {})
  const { status, verdict, findings } = await screened(comment.id)
  return { status, verdict, findings: findings.filter(({ code }) => code === 'impersonation') }
}

describe('The name of an author with a badge', () => {
  const token = 'h'.repeat(43)
  beforeEach(async () => {
    const { comment } = await approved({ author: { name: 'Tarou Umino' } }, { token })
    await asOperator('PUT', `/v1/authors/${comment.author.id}/badge`, { badge: 'Boss' })
  })

  it.each([
    'TAROU UMINO',
    'Таrоu Umino',
    'Tarou Umino (author)',
    'Tarou Umino · boss',
    'Boss',
    'Tarou Umino²',
    'The Tarou-Umino Jr.',
  ])('waits for a person where another one wears it as %s, and is named', async (name) => {
    const [{ author } = { author: undefined }] = (await queue('tab=all')).items
    expect(await found(name)).toEqual({
      status: 'pending',
      verdict: 'hold',
      findings: [
        { code: 'impersonation', weight: 3, params: { name: 'Tarou Umino (Boss)', author: author?.id } },
      ],
    })
  })

  it('is theirs, and so is any other', async () => {
    expect(await found('Tarou Umino', token)).toMatchObject({ status: 'approved', findings: [] })
    expect(await found('Tarou Umin')).toMatchObject({ status: 'approved', findings: [] })
  })

  it('is kept with their own comments alone, and the badge with them', async () => {
    await found('tarou umino')
    await env.DB.prepare("UPDATE comments SET name = '' WHERE name = 'Tarou Umino'").run()
    const kept = JSON.stringify((await env.DB.prepare('SELECT * FROM comments').all()).results)
    expect(kept).not.toMatch(/Tarou Umino|Boss/)
  })
})

describe('The name of a member of staff', () => {
  it('waits for a person where an author wears it', async () => {
    await json(asOperator('POST', '/v1/sign-in-links', { name: 'Aiko Mori' }), 201)
    expect(await found('aiko  mori')).toEqual({
      status: 'pending',
      verdict: 'hold',
      findings: [{ code: 'impersonation', weight: 3, params: { name: 'Aiko Mori' } }],
    })
  })
})
