import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import { ApiError } from '../../../../widget/common/api.ts'
import type { Connection } from '../../../../widget/dashboard/core/connection.ts'
import { records } from '../../../../widget/dashboard/ui/records.ts'

/** A list whose answers come when the test has them come. */
function listing() {
  const asked: { path: string; answer: (items: string[]) => void; fail: () => void }[] = []
  const ask = (_method: string, path: string) =>
    new Promise((resolve, reject) => {
      asked.push({
        path,
        answer: (items) => resolve({ data: { items, next: 'more' } }),
        fail: () => reject(new ApiError(500, { code: 'internal', message: '' })),
      })
    })
  const list = records<string>({ ask, online: signal(true) } as unknown as Connection, '/v1/things')
  return { list, asked }
}

it('A failure that comes late says nothing of the list that is shown', async () => {
  const { list, asked } = listing()
  const first = list.load('?site=a')
  const second = list.load('?site=b')
  asked[1]?.answer(['b1'])
  await second
  asked[0]?.fail()
  await first
  expect([list.phase.value, list.items.value]).toEqual(['ready', ['b1']])
})

it('A list that cannot be had leaves nothing of another; one that was had stays', async () => {
  const { list, asked } = listing()
  const first = list.load('?site=a')
  asked[0]?.answer(['a1'])
  await first
  const more = list.more()
  asked[1]?.fail()
  await more
  const again = list.load('?site=a')
  asked[2]?.fail()
  await again
  expect([list.phase.value, list.items.value, list.next.value]).toEqual(['failed', ['a1'], 'more'])
  const other = list.load('?site=b')
  asked[3]?.fail()
  await other
  expect([list.phase.value, list.items.value, list.next.value]).toEqual(['failed', [], null])
})
