import { type BoundFunctions, type queries, waitFor, within } from '@testing-library/preact'
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { define } from '../../../widget/thread/element.tsx'
import { watchPage } from '../../../widget/thread/later.ts'
import { Worker } from './worker.ts'

export const worker = new Worker()

/** Starts the worker for a test file, and clears browser and worker after each test, once nothing is asked any more. */
export function setUp(): void {
  beforeAll(async () => {
    globalThis.IntersectionObserver = Sight as unknown as typeof IntersectionObserver
    watchRequests()
    watchClock()
    // Browsers tell of links within a page by this event, too.
    addEventListener('hashchange', () => dispatchEvent(new PopStateEvent('popstate')))
    const host = await worker.start()
    define(host)
    await watchPage(host)
  })
  beforeEach(() => {
    far.clear()
    history.replaceState(null, '', '/article')
    document.title = 'The article'
    document.documentElement.lang = 'en'
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    document.body.replaceChildren()
    worker.relent()
    await quiet()
    document.head.replaceChildren()
    localStorage.clear()
    sessionStorage.clear()
    worker.reset()
  })
  afterAll(() => worker.stop())
}

/** Answers that this page waits for, and those it reads. */
const underWay = new Set<Promise<unknown>>()

function watchRequests(): void {
  const send = globalThis.fetch
  globalThis.fetch = async (...asked) => {
    const answer = await watch(send(...asked))
    const read = answer.text.bind(answer)
    answer.text = () => watch(read())
    return answer
  }
}

function watch<Result>(promise: Promise<Result>): Promise<Result> {
  underWay.add(promise)
  const over = () => underWay.delete(promise)
  promise.then(over, over)
  return promise
}

/** Waits for all that the threads of a test have begun: no request of theirs reaches the worker in the next test. */
async function quiet(): Promise<void> {
  do {
    await Promise.allSettled(underWay)
    await vi.dynamicImportSettled()
  } while (underWay.size)
}

/** What is not near the visible part of the page. */
export const far = new Set<Element>()
const sights = new Set<Sight>()

/** Tells soon whether what it observes is near, and again whenever the reader scrolls. */
class Sight {
  readonly #targets = new Set<Element>()
  readonly #tell: (entries: { isIntersecting: boolean }[]) => void
  constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
    this.#tell = tell
  }
  observe(target: Element): void {
    this.#targets.add(target)
    sights.add(this)
    queueMicrotask(() => this.look())
  }
  disconnect(): void {
    sights.delete(this)
  }
  look(): void {
    if (!sights.has(this)) return
    this.#tell([...this.#targets].map((target) => ({ isIntersecting: !far.has(target) })))
  }
}

/** The reader scrolls to where everything is near. */
export function scroll(): void {
  far.clear()
  for (const sight of [...sights]) sight.look()
}

const clocks: (() => void)[] = []

/** Notes what is to be done every half minute. */
function watchClock(): void {
  const { setInterval } = globalThis
  globalThis.setInterval = ((act: () => void, every: number) => {
    if (every === 30_000) clocks.push(act)
    return setInterval(act, every)
  }) as typeof setInterval
}

/** The reader comes by a link to a comment. In happy-dom, other than in browsers, that is an event. */
export async function comeBy(link: string): Promise<void> {
  const over = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }))
  history.replaceState(null, '', `/article${link}`)
  await over
}

/** Half a minute passes. */
export function passHalfMinute(): void {
  for (const act of clocks) act()
}

export type Shown = BoundFunctions<typeof queries> & {
  element: HTMLElement
  root: ShadowRoot
  text: () => string
}

/** Puts a thread on the page, as its HTML would. */
export function place(attributes: Record<string, string> = {}): Shown {
  const element = document.createElement('hankyo-thread')
  for (const [name, value] of Object.entries({ site: 'blog', ...attributes }))
    element.setAttribute(name, value)
  document.body.append(element)
  return shown(element)
}

/** What a thread on the page shows. */
export function shown(element: HTMLElement): Shown {
  const root = element.shadowRoot as ShadowRoot
  const body = root as unknown as HTMLElement
  return {
    ...within(body),
    element,
    root,
    text: () => root.textContent ?? '',
  } as Shown
}

/** A thread that has been loaded. */
export async function loaded(attributes: Record<string, string> = {}): Promise<Shown> {
  const thread = place(attributes)
  await waitFor(() => thread.getByLabelText('Write a comment'))
  return thread
}

/** Leaves the page and comes back: all that lives in memory is gone. */
export async function reload(): Promise<Shown> {
  document.body.replaceChildren()
  return loaded()
}

export function type(field: HTMLElement, text: string): void {
  field.focus()
  field.dispatchEvent(new FocusEvent('focus'))
  ;(field as HTMLInputElement).value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

export function press(field: HTMLElement, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    cancelable: true,
    composed: true,
    ...more,
  })
  field.dispatchEvent(event)
  return event
}

/** Writes a comment and sends it, without waiting for what comes of it. */
export async function write(thread: Shown, body: string, name = 'Mina'): Promise<void> {
  type(thread.getByLabelText('Write a comment'), body)
  type(await thread.findByLabelText('Name'), name)
  press(thread.getByLabelText('Write a comment'), 'Enter', { ctrlKey: true })
}

/** The reader's connection is back, or they look at the page again. */
export function comeBack(): void {
  window.dispatchEvent(new Event('online'))
}
