import { waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { serve, start } from './served.ts'
import { comeBy, passHalfMinute, setUp, type, worker, write } from './stage.ts'
import { commentOf, uuid } from './worker.ts'

setUp()

const marks = (element: Element) => [...element.querySelectorAll('[hidden], [form], noscript, #plain')]
const threads = () => worker.asked('GET', /thread$/)

describe('a thread that came with its page', () => {
  it('is there before the script', () => {
    const { root } = serve({ items: [commentOf({ text: 'Served' })] })
    expect(root.querySelector('article')?.textContent).toContain('Served')
    expect(root.querySelector('h2')?.textContent).toBe('One thought on “The article”')
  })

  it('is gone on from by the script: nothing is asked for, nothing made anew', async () => {
    const { element, root, field } = serve({
      items: [
        commentOf({ id: uuid(1), replies: { count: 1, next: null } }),
        commentOf({ id: uuid(2), parentId: uuid(1) }),
        commentOf({ id: uuid(3) }),
      ],
    })
    const before = [...root.querySelectorAll('article, h2, h3, button, ol, li, time, .text')]
    const ready: unknown[] = []
    element.addEventListener('hankyo:ready', (event) => ready.push((event as CustomEvent).detail))
    const thread = await start(element)
    await waitFor(() => expect(thread.root.querySelector('time')?.textContent).toMatch(/ago|now/))
    expect([...root.querySelectorAll('article, h2, h3, button, ol, li, time, .text')]).toEqual(before)
    expect(before.every((node) => node.isConnected)).toBe(true)
    expect(thread.getByLabelText('Write a comment')).toBe(field)
    expect(worker.seen).toEqual([])
    expect(ready).toMatchObject([{ key: '/article', count: 3 }])
    expect(root.adoptedStyleSheets).toHaveLength(1)
  })

  it('looks as it would had the script loaded it', async () => {
    const items = [
      commentOf({ id: uuid(1), likes: 2, replies: { count: 1, next: null } }),
      commentOf({ id: uuid(2), parentId: uuid(1), text: 'A reply' }),
    ]
    const served = await start(serve({ items }).element)
    const loaded = document.createElement('hankyo-thread')
    for (const [name, value] of Object.entries({ site: 'blog', key: '/article', lang: 'en' }))
      loaded.setAttribute(name, value)
    document.body.append(loaded)
    await waitFor(() => expect(loaded.shadowRoot?.querySelectorAll('article')).toHaveLength(2))
    const [one, other] = [served.root, loaded.shadowRoot].map((root) => root?.firstElementChild)
    await waitFor(() => expect(one?.isEqualNode(other ?? null)).toBe(true))
    expect(marks(served.root as unknown as Element)).toEqual([])
  })

  it('has buttons that work', async () => {
    const { element } = serve({ items: [commentOf({ id: uuid(1) }), commentOf({ id: uuid(2) })] })
    const thread = await start(element)
    thread.root.getElementById(`reply-${uuid(1)}`)?.click()
    await thread.findByLabelText('Reply to Haruka Tanabe', { selector: 'textarea' })
    const like = thread.getAllByRole('button', { name: /^Like/ })[0] as HTMLElement
    like.click()
    await waitFor(() => expect(like.getAttribute('aria-pressed')).toBe('true'))
    thread.getByRole('button', { name: 'Newest' }).click()
    await waitFor(() => expect(threads()[0]?.query.get('sort')).toBe('newest'))
    passHalfMinute()
    await waitFor(() => expect(threads()[1]?.query.get('since')).toBe('1'))
  })

  it('loads more of itself', async () => {
    worker.pages.set('more', { items: [commentOf({ id: uuid(2) })], next: null })
    const thread = await start(serve({ next: 'more' }).element)
    thread.getByRole('button', { name: /^More comments/ }).click()
    await waitFor(() => expect(thread.root.activeElement?.id).toBe(`comment-${uuid(2)}`))
    expect(thread.root.querySelectorAll('article')).toHaveLength(2)
  })

  it('takes a comment', async () => {
    const thread = await start(serve().element)
    await write(thread, 'After all')
    await thread.findByText('Waiting for approval · only you see this')
    expect(worker.stored.size).toBe(1)
  })

  it('shows what this reader likes', async () => {
    localStorage.setItem(`hankyo ${worker.address()} blog likes`, JSON.stringify([uuid(1)]))
    const thread = await start(serve().element)
    await waitFor(() =>
      expect(thread.getByRole('button', { name: /^Like/ }).getAttribute('aria-pressed')).toBe('true'),
    )
  })

  it('has the draft that was left in it', async () => {
    const draft = `hankyo ${worker.address()} blog draft /article `
    localStorage.setItem(draft, JSON.stringify('Half a th'))
    const thread = await start(serve().element)
    await waitFor(() => expect(thread.getByLabelText('Write a comment')).toHaveProperty('value', 'Half a th'))
  })

  it('keeps what was written before the script was there', async () => {
    const { element, field } = serve()
    field.value = 'Quicker than the script'
    const thread = await start(element)
    await thread.findByLabelText('Name')
    expect(field.value).toBe('Quicker than the script')
    type(thread.getByLabelText('Name'), 'Mina')
    thread.getByRole('button', { name: 'Send for approval' }).click()
    await thread.findByText('Waiting for approval · only you see this')
  })

  it('asks for a name though the field had the focus before the script was there', async () => {
    const { element, field } = serve()
    const thread = await start(element)
    field.value = 'N'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await thread.findByLabelText('Name')
  })

  it('goes to the comment that the address leads to, and loads its page where it is elsewhere', async () => {
    await comeBy(`#comment-${uuid(1)}`)
    const thread = await start(serve().element)
    await waitFor(() => expect(thread.root.activeElement?.id).toBe(`comment-${uuid(1)}`))
    expect(threads()).toEqual([])
    worker.pages.set(uuid(9), { items: [commentOf({ id: uuid(9) })], next: null })
    await comeBy(`#comment-${uuid(9)}`)
    await waitFor(() => expect(thread.root.activeElement?.id).toBe(`comment-${uuid(9)}`))
  })

  it('speaks its own language', async () => {
    const thread = await start(serve({ lang: 'ja' }).element)
    thread.getByLabelText('コメントを書く')
    expect(worker.seen).toEqual([])
  })

  it('loads by itself once it is moved', async () => {
    const thread = await start(serve().element)
    document.body.appendChild(document.createElement('main')).append(thread.element)
    await waitFor(() => expect(threads()).toHaveLength(1))
    await waitFor(() => expect(thread.root.querySelectorAll('article')).toHaveLength(1))
  })
})
