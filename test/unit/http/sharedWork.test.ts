import { afterEach, describe, expect, it, vi } from 'vitest'
import { SharedWork } from '../../../worker/http/sharedWork.ts'

afterEach(() => {
  vi.useRealTimers()
})

const nothing = () => {}

/** Some work that goes on until it is told how it ends, and how often it was begun. */
function work() {
  const ends: { resolve: (result: string) => void; reject: (error: Error) => void }[] = []
  const begin = () =>
    new Promise<string>((resolve, reject) => {
      ends.push({ resolve, reject })
    })
  return { begin, ends }
}

describe('Work that many ask for', () => {
  it('is done once while it goes on, and anew when it is over', async () => {
    const shared = new SharedWork()
    const { begin, ends } = work()
    const asked = ['a', 'a', 'b', 'a'].map((key) => shared.once(key, nothing, begin))
    expect(ends).toHaveLength(2)
    ends[0]?.resolve('of a')
    ends[1]?.resolve('of b')
    expect(await Promise.all(asked)).toEqual(['of a', 'of a', 'of b', 'of a'])
    const again = shared.once('a', nothing, begin)
    ends[2]?.resolve('anew')
    expect(await again).toBe('anew')
  })

  it('is done again by who waited for another’s that failed', async () => {
    const shared = new SharedWork()
    const { begin, ends } = work()
    const first = shared.once('a', nothing, begin)
    const second = shared.once('a', nothing, () => Promise.resolve('own'))
    ends[0]?.reject(new Error('refused'))
    await expect(first).rejects.toThrow('refused')
    expect(await second).toBe('own')
  })

  it('is done again by who waited for 5 seconds, since who asked first may be gone', async () => {
    vi.useFakeTimers()
    const shared = new SharedWork()
    const { begin } = work()
    void shared.once('a', nothing, begin)
    const second = shared.once('a', nothing, () => Promise.resolve('own'))
    await vi.advanceTimersByTimeAsync(5000)
    expect(await second).toBe('own')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is waited for by nobody who asks after it was forgotten', async () => {
    const shared = new SharedWork()
    const { begin, ends } = work()
    const first = shared.once('a', nothing, begin)
    shared.forget()
    const second = shared.once('a', nothing, begin)
    ends[0]?.resolve('before')
    expect(await first).toBe('before')
    // What is over takes nothing away from what goes on.
    const third = shared.once('a', nothing, begin)
    expect(ends).toHaveLength(2)
    ends[1]?.resolve('after')
    expect(await Promise.all([second, third])).toEqual(['after', 'after'])
  })

  it('is kept alive by the request that began it', async () => {
    const deferred: Promise<unknown>[] = []
    const { begin, ends } = work()
    const shared = new SharedWork()
    const asked = [1, 2].map(() => shared.once('a', (one) => deferred.push(one), begin))
    expect(deferred).toHaveLength(1)
    ends[0]?.resolve('done')
    await Promise.all([...asked, ...deferred])
  })
})
