import { waitFor } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import type { Comment } from '../../../worker/contract/comment.ts'
import { serve, start } from './served.ts'
import { comeBy, loaded, place, type Shown, setUp, shown, worker } from './stage.ts'
import { commentOf, uuid } from './worker.ts'

setUp()

/** Comments that are drawn within one task. */
const most = 3

const roots = Array.from({ length: 12 }, (_, at) => commentOf({ id: uuid(at + 1) }))
const [first, ...others] = roots as [Comment, ...Comment[]]
const replies = others.map((comment) => ({ ...comment, parentId: first.id }))
const shapes: [string, Comment[]][] = [
  ['beside each other', roots],
  ['all below one', [{ ...first, replies: { count: 11, next: null } }, ...replies]],
]

const drawn = ({ root }: Shown) => root.querySelectorAll('article').length
/** Comments that the script has taken over: it tells their time by the reader's clock. */
const live = ({ root }: Shown) =>
  [...root.querySelectorAll('time')].filter(({ textContent }) => / ago$/.test(textContent)).length

/** Notes what a function says before and after each task that is yet to come. */
function watchTasks<Value>(look: () => Value): Value[] {
  const seen: Value[] = []
  const { setTimeout } = globalThis
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, ms: number) =>
    setTimeout(() => {
      seen.push(look())
      act()
      seen.push(look())
    }, ms)) as typeof setTimeout)
  return seen
}

const steps = (counts: number[]) => counts.slice(1).map((count, at) => count - (counts[at] as number))

describe('a thread of many comments', () => {
  it.each(shapes)('is drawn a few comments at a time, %s', async (_, items) => {
    worker.show(...items)
    let thread: Shown | undefined
    const counts = watchTasks(() => (thread ? drawn(thread) : 0))
    thread = place()
    await waitFor(() => expect(drawn(thread as Shown)).toBe(12))
    expect(Math.max(...steps(counts))).toBe(most)
  })

  it('has its form below the last of them, so that it need not move', async () => {
    worker.show(...roots)
    let thread: Shown | undefined
    const counts = watchTasks(() => (thread?.root.querySelector('form') ? drawn(thread) : Number.NaN))
    thread = place()
    await thread.findByLabelText('Write a comment')
    expect(counts.filter((count) => count < 12)).toEqual([])
    expect(drawn(thread)).toBe(12)
  })

  it('is not drawn anew for those that follow', async () => {
    worker.show(...roots)
    const told = vi.spyOn(Intl.RelativeTimeFormat.prototype, 'format')
    const thread = await loaded()
    expect(drawn(thread)).toBe(12)
    // One is told to make the formatter.
    expect(told.mock.calls.length).toBeLessThanOrEqual(12 + 1)
  })
})

describe('a thread of many comments that came with its page', () => {
  it.each(shapes)(
    'is taken over a few comments at a time, and nothing is made anew, %s',
    async (_, items) => {
      const { element, root } = serve({ items })
      const thread = shown(element)
      const before = [...root.querySelectorAll('article, li, ol, button, time, .text p')]
      const counts = watchTasks(() => live(thread))
      await start(element)
      await waitFor(() => expect(live(thread)).toBe(12))
      expect(Math.max(...steps(counts))).toBe(most)
      expect([...root.querySelectorAll('article, li, ol, button, time, .text p')]).toEqual(before)
    },
  )

  it('is all there meanwhile', async () => {
    const { element } = serve({ items: roots })
    const thread = shown(element)
    const counts = watchTasks(() => drawn(thread))
    await start(element)
    await waitFor(() => expect(live(thread)).toBe(12))
    expect(new Set(counts)).toEqual(new Set([12]))
  })

  it('is taken over at once by who touches it', async () => {
    const thread = await start(serve({ items: roots }).element)
    expect(live(thread)).toBeLessThan(12)
    thread.root.dispatchEvent(new Event('pointerdown', { bubbles: true, composed: true }))
    expect(live(thread)).toBe(12)
  })

  it('is not what an element takes that asks for another', async () => {
    for (const [name, value] of [
      ['key', '/another'],
      ['lang', 'ja'],
      ['sort', 'newest'],
    ] as const) {
      const { element } = serve({ items: roots })
      element.setAttribute(name, value)
      await start(element)
      await waitFor(() => expect(worker.seen.some(({ path }) => path.endsWith('/thread'))).toBe(true))
      element.remove()
      worker.seen.length = 0
    }
    const { element } = serve({ items: roots })
    document.body.append(element)
    element.setAttribute('key', '/another')
    await waitFor(() => expect(worker.seen.at(-1)?.query.get('key')).toBe('/another'))
  })

  it('leaves the focus where it is, and what is written meanwhile', async () => {
    const { element, root, field } = serve({ items: roots })
    const begun = start(element)
    const button = root.getElementById(`reply-${uuid(12)}`)
    button?.focus()
    field.value = 'Before anything is taken over'
    const thread = await begun
    expect(live(thread)).toBeLessThan(12)
    field.value += ', and after'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await waitFor(() => expect(live(thread)).toBe(12))
    expect(root.activeElement).toBe(button)
    expect(field.value).toBe('Before anything is taken over, and after')
  })

  it('goes to a comment whose turn has not come', async () => {
    await comeBy(`#comment-${uuid(12)}`)
    const thread = await start(serve({ items: roots }).element)
    await waitFor(() => expect(thread.root.activeElement?.className).toBe('linked'))
    expect(thread.root.activeElement?.id).toBe(`comment-${uuid(12)}`)
    expect(live(thread)).toBe(12)
    expect(worker.seen).toEqual([])
  })

  it('is shown in another order though it is not all taken over', async () => {
    const { element } = serve({ items: roots })
    const thread = await start(element)
    worker.items.reverse()
    thread.getByRole('button', { name: 'Newest' }).click()
    await waitFor(() => expect(thread.root.querySelector('article')?.id).toBe(`comment-${uuid(12)}`))
    await waitFor(() => expect(live(thread)).toBe(12))
    expect(drawn(thread)).toBe(12)
  })
})
