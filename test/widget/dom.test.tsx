import { type ComponentChild, render as preactRender } from 'preact'
import { describe, expect, it } from 'vitest'
import * as dom from '../../widget/thread/dom.ts'

type Make = (jsx: typeof dom.jsx) => unknown

const lists: Make[] = [
  (jsx) => ['a', 'b', 'c'].map((key) => jsx('li', { children: key }, key)),
  (jsx) => ['c', 'x', 'a'].map((key) => jsx('li', { children: [key, ' ', 1, null, true, 0] }, key)),
  () => [],
  (jsx) => [null, jsx('p', { class: 'one', children: 'text' }), false],
  (jsx) => ['before', jsx('p', { class: 'two', 'aria-invalid': false, children: [[jsx('b', {})]] })],
  (jsx) => jsx('p', { hidden: true, tabIndex: -1, start: undefined, 'aria-label': null, children: 'text' }),
  (jsx) => jsx('i', { style: { '--hue': 12 }, children: '<b>&' }),
  (jsx) => jsx(dom.Fragment, { children: [jsx('u', {}), undefined, 'end'] }),
  () => 'only text',
]

describe('the thread’s own render', () => {
  it('makes the same elements as Preact, one after the other in the same place', async () => {
    const { h } = await import('preact')
    const ours = document.createElement('div')
    const theirs = document.createElement('div')
    const preactJsx = ((type: string, { children, ...props }: Record<string, unknown>, key?: string) =>
      h(type, { ...props, ...(key === undefined ? {} : { key }) }, children as ComponentChild)) as never
    for (const make of [...lists, ...lists.toReversed()]) {
      dom.render(make(dom.jsx) as never, ours)
      preactRender(make(preactJsx) as ComponentChild, theirs)
      expect(ours.innerHTML).toBe(theirs.innerHTML)
    }
  })

  it('keeps an element whose key stays, and all it holds', () => {
    const root = document.createElement('ul')
    const draw = (...keys: string[]) =>
      dom.render(
        keys.map((key) => dom.jsx('li', { children: dom.jsx('input', { value: key }) }, key)),
        root,
      )
    draw('a', 'b')
    const kept = root.children[1]
    draw('x', 'b', 'a')
    expect(root.children[1]).toBe(kept)
    expect([...root.children].map((item) => item.querySelector('input')?.value)).toEqual(['x', 'b', 'a'])
  })

  it('does not touch a value that is the same already', () => {
    const root = document.createElement('div')
    const draw = (value: string) => dom.render(dom.jsx('textarea', { value }), root)
    draw('a')
    const field = root.firstChild as HTMLTextAreaElement
    let writes = 0
    Object.defineProperty(field, 'value', { get: () => 'ab', set: () => writes++ })
    draw('ab')
    expect(writes).toBe(0)
    draw('abc')
    expect(writes).toBe(1)
  })

  it('does not touch an attribute that is the same already', () => {
    const root = document.createElement('div')
    const draw = (title: string) => dom.render(dom.jsx('p', { title, class: 'a' }), root)
    draw('one')
    const written: string[] = []
    Object.assign(root.firstChild as Element, { setAttribute: (name: string) => written.push(name) })
    draw('one')
    draw('two')
    expect(written).toEqual(['title'])
  })

  it('listens with the latest handler, and no longer once it is gone', () => {
    const root = document.createElement('div')
    const heard: string[] = []
    const draw = (name?: string) =>
      dom.render(dom.jsx('button', { onClick: name && (() => heard.push(name)) }), root)
    for (const name of ['first', 'second', undefined]) {
      draw(name)
      ;(root.firstChild as HTMLElement).click()
    }
    expect(heard).toEqual(['first', 'second'])
  })
})
