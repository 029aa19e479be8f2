import { describe, expect, it } from 'vitest'
import { addSite, decided } from '../product.ts'
import { asked, finding } from '../school.ts'

const by = (name: string, url: string) => ({ author: { name, email: null, url } })
const victim = 'https://vera.example/garden'

describe('A host that only spam linked to', () => {
  it('has newcomers wait who link there, until a person approves one of them', async () => {
    await addSite({ id: 'open', policy: 'postmoderate' })
    const ask = async (body: string, url = victim) => (await asked('open', [body], by('Vera', url)))[0]
    const first = await ask('The roses are late this year.')
    expect(first).toMatchObject({ status: 'approved' })
    await decided(first?.id as string, 'spam')

    const second = await ask('Ours came out in May, after the rain.')
    expect(second).toMatchObject({ status: 'pending', verdict: 'hold' })
    expect(finding(second, 'spam_host')).toEqual({
      code: 'spam_host',
      weight: 0,
      params: { host: 'vera.example' },
    })
    expect(await ask('Slugs ate the lettuce again.', 'https://nora.example/')).toMatchObject({
      status: 'approved',
    })

    await decided(second?.id as string, 'approve')
    expect(await ask('Does anybody know this beetle?')).toMatchObject({ status: 'approved' })
  })

  it('is no other site’s', async () => {
    await addSite({ id: 'open', policy: 'postmoderate' })
    await addSite({ id: 'other', policy: 'postmoderate' })
    const [spam] = await asked('open', ['The roses are late this year.'], by('Vera', victim))
    await decided(spam?.id as string, 'spam')
    const [elsewhere] = await asked('other', ['Ours came out in May.'], by('Vera', victim))
    expect(elsewhere).toMatchObject({ status: 'approved' })
  })
})
