import { expect, test } from 'vitest'
import { isRegistered } from '../../../worker/contract/origin.ts'
import { foreignOrigins } from '../../worker/threats/data.ts'

test('an origin that only looks like a registered one is not registered', () => {
  const registered = ['https://blog.example']
  expect(isRegistered('https://blog.example', registered)).toBe(true)
  // The last is no header that a client could send: it has a character of no width at its end.
  for (const origin of [...foreignOrigins, 'https://blog.example\u200b'])
    expect(isRegistered(origin, registered), origin).toBe(false)
})
