import { expect, it } from 'vitest'
import { reading } from '../crowd.ts'
import { addSite, queue } from '../product.ts'
import { fillInstance } from './instance.ts'

it('a tab of one thread costs no more than six rows a comment shown, however few of the thread are on it', async () => {
  await addSite()
  await fillInstance()
  for (const tab of ['held', 'flagged', 'spam', 'all'])
    for (const asked of ['thread=1', 'thread=1&site=blog', 'thread=1&q=number']) {
      const { shown, rowsRead } = await reading(() => queue(`tab=${tab}&${asked}&limit=50`))
      expect.soft(shown, `${tab} ${asked}`).toBe(50)
      expect.soft(rowsRead, `${tab} ${asked}`).toBeLessThanOrEqual(6 * 50 + 20)
    }
})
