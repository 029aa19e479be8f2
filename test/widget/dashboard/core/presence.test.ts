import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import type { Connection } from '../../../../widget/dashboard/core/connection.ts'
import { Presence } from '../../../../widget/dashboard/core/presence.ts'
import type { QueueItem } from '../../../../worker/contract/queue.ts'

const items = signal(['1', '2', '3'].map((id) => ({ id, site: { id: 'blog' } }) as QueueItem))

/** Who has what in hand, as the worker keeps it. */
let hands = new Map<string, string>()

/** Somebody at a desk of their own, at the first comment. */
function person(name: string) {
  const ask = async (
    _method: string,
    _path: string,
    { body }: { body: { inHand: { commentId: string } } },
  ) => {
    hands.set(name, body.inHand.commentId)
    const others = [...hands].filter(([other]) => other !== name)
    return { data: { items: others.map(([other, commentId]) => ({ commentId, name: other })) } }
  }
  const item = signal<QueueItem | null>(items.value[0] ?? null)
  const on = signal(false)
  const take = (id: string) => {
    item.value = items.value.find((one) => one.id === id) ?? null
  }
  return { item, on, presence: new Presence({ ask } as unknown as Connection, { item, on, take }) }
}

const at = (people: ReturnType<typeof person>[]) => people.map(({ item }) => item.value?.id)

it('Three who start together start at three comments', async () => {
  hands = new Map()
  const people = ['Aya', 'Ben', 'Eve'].map(person)
  await Promise.all(people.map(({ presence }) => presence.begin(items)))
  expect(at(people)).toEqual(['1', '2', '3'])
})

it('Who has begun stays, and so does who comes when all are taken', async () => {
  hands = new Map([
    ['Aya', '1'],
    ['Ben', '2'],
  ])
  const [busy, last] = [person('Eve'), person('Kim')]
  busy.on.value = true
  await busy.presence.begin(items)
  expect(at([busy])).toEqual(['1'])
  hands.set('Eve', '3')
  await last.presence.begin(items)
  expect(at([last])).toEqual(['1'])
})
