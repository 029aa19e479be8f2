import { beforeEach, expect, it } from 'vitest'
import { addSite, posted, screened } from '../product.ts'

beforeEach(() => addSite({ policy: 'postmoderate' }))

it('A comment waits for a person if the words of its link name another host, and the finding names both', async () => {
  const { comment } = await posted({
    body: 'Please log in at [https://bank.example](https://evil.example/).',
  })
  const { status, verdict, findings } = await screened(comment.id)
  expect({ status, verdict }).toEqual({ status: 'pending', verdict: 'hold' })
  expect(findings).toContainEqual({
    code: 'masked_link',
    weight: 3,
    params: { shown: 'bank.example', host: 'evil.example' },
  })
})

it.each(['See [the manual](https://blog.example/manual).', 'See [www.blog.example](https://blog.example/).'])(
  'A comment with an honest link does not wait: %s',
  async (body) => {
    const { comment } = await posted({ body })
    expect(await screened(comment.id)).toMatchObject({ status: 'approved', verdict: 'approve' })
  },
)
