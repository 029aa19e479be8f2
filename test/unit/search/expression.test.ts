import { expect, it } from 'vitest'
import { expressionOf } from '../../../worker/search/expression.ts'

it('who has no site is answered with nothing, not with an error', () => {
  const search = { tab: 'all', author: null, threadId: null, inEmails: false } as const
  const none = expressionOf({ ...search, terms: [], siteIds: [] })
  expect(none).not.toContain('()')
  expect(none).not.toBe(expressionOf({ ...search, terms: [], siteIds: null }))
})
