import { signal } from '@preact/signals'
import { afterEach, expect, it, vi } from 'vitest'
import type { Connection } from '../../../../widget/dashboard/core/connection.ts'
import { Presence } from '../../../../widget/dashboard/core/presence.ts'
import { Cursor } from '../../../../widget/dashboard/queue/cursor.ts'
import { heldByOthers, hold, type InHand } from '../../../../worker/access/presence.ts'
import type { QueueItem } from '../../../../worker/contract/queue.ts'

const listed = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: String(at + 1), site: { id: 'blog' } }) as QueueItem)

let sittings = 0

// A minute later the worker has forgotten who sat there.
afterEach(() => {
  vi.restoreAllMocks()
  hold({ id: 'nobody', name: '', scope: 'read', sites: [] }, null, Date.now() + 60_000)
})

/** People at desks of their own, each at the first comment of a list of so many, before the worker's own memory. */
function sitting(names: string[], count: number) {
  sittings++
  const asked = { requests: 0 }
  const people = names.map((name) => {
    const who = { id: `${name}-${sittings}`, name, scope: 'moderate', sites: [`blog`] } as const
    const ask = async (_method: string, _path: string, { body }: { body: { inHand: InHand | null } }) => {
      asked.requests++
      hold(who, body.inHand, Date.now())
      return { data: heldByOthers(who, Date.now()) }
    }
    const items = signal(listed(count))
    const cursor = new Cursor(items)
    cursor.take('1')
    const presence = new Presence({ ask } as unknown as Connection, cursor, () => who.id)
    /** Decides what is in hand, as the desk does. */
    const decide = () => {
      const id = cursor.inHand.peek() ?? ''
      cursor.leave(new Set([id]))
      items.value = items.peek().filter((item) => item.id !== id)
      return id
    }
    return { cursor, items, presence, decide }
  })
  return { people, asked }
}

const at = (people: { cursor: Cursor }[]) => people.map(({ cursor }) => cursor.inHand.value)

it('Who starts alone starts at the first; who comes later starts elsewhere', async () => {
  const { people } = sitting(['Aya', 'Ben', 'Eve', 'Kim', 'Uma'], 50)
  for (const { presence, items } of people) await presence.begin(items)
  expect(at(people)[0]).toBe('1')
  expect(new Set(at(people)).size).toBe(5)
})

it('Those who start together start at different comments', async () => {
  const { people } = sitting(['Aya', 'Ben', 'Eve'], 3)
  await Promise.all(people.map(({ presence, items }) => presence.begin(items)))
  expect(new Set(at(people)).size).toBe(3)
})

it('Who has begun stays, and so does who comes when all are taken', async () => {
  const { people } = sitting(['Aya', 'Ben', 'Eve'], 2)
  const [aya, ben, eve] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]]
  await aya.presence.begin(aya.items)
  ben.cursor.hovering.value = true
  await ben.presence.begin(ben.items)
  expect(at([aya, ben])).toEqual(['1', '1'])
  ben.cursor.take('2')
  await ben.presence.tell()
  await eve.presence.begin(eve.items)
  expect(at([eve])).toEqual(['1'])
})

it('Nothing moves under somebody whom the answer reaches late: they may have begun to read', async () => {
  const { people } = sitting(['Aya', 'Ben'], 50)
  const [aya, ben] = people as [(typeof people)[0], (typeof people)[0]]
  await aya.presence.begin(aya.items)
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 400))
  await ben.presence.begin(ben.items)
  expect(at([ben])).toEqual(['1'])
})

it.each([
  ['in turn', false],
  ['in the same moment', true],
])('Three who decide %s never decide the same, telling few requests more than steps', async (_, isAtOnce) => {
  const { people, asked } = sitting(['Aya', 'Ben', 'Eve'], 30)
  for (const { presence, items } of people) await presence.begin(items)
  asked.requests = 0
  const decided: string[] = []
  for (let round = 0; round < 9; round++) {
    const steps = []
    for (const { decide, presence } of people) {
      decided.push(decide())
      const step = presence.step()
      if (isAtOnce) steps.push(step)
      else await step
    }
    await Promise.all(steps)
  }
  expect(new Set(decided).size).toBe(27)
  // Who meets somebody goes on, which is a step more.
  expect(asked.requests).toBeLessThanOrEqual(1.5 * 27)
})

it('What somebody takes themselves stays in hand, whoever else has it', async () => {
  const { people } = sitting(['Aya', 'Ben'], 5)
  const [aya, ben] = people as [(typeof people)[0], (typeof people)[0]]
  await aya.presence.tell()
  ben.cursor.take('2')
  ben.cursor.take('1')
  await ben.presence.step()
  expect(at([ben])).toEqual(['1'])
  expect(ben.presence.others.value.get('1')).toBe('Aya')
})
