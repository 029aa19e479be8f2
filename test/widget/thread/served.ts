import { expect } from 'vitest'
import type { Comment } from '../../../worker/contract/comment.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import { threadElement } from '../../../worker/pages/threadElement.tsx'
import { type Shown, shown, worker } from './stage.ts'
import { commentOf, uuid } from './worker.ts'

interface Served {
  items?: Comment[]
  next?: string | null
  lang?: string
}

/** A thread that comes with its page, as browsers have it before any script runs. */
export function serve({ items = [commentOf({ id: uuid(1) })], next = null, lang = 'en' }: Served = {}) {
  worker.show(...items)
  const page: ThreadPage = { thread: { ...worker.thread, title: 'The article' }, items, next }
  const html = threadElement(
    { host: worker.address(), site: 'blog', page, lang, sort: 'oldest', heading: null, title: '' },
    '.thread { color: red }',
  )
  const holder = document.createElement('div')
  holder.innerHTML = html
  const element = holder.firstElementChild as HTMLElement
  const root = element.shadowRoot as ShadowRoot
  const template = element.querySelector('template') as HTMLTemplateElement
  root.append(template.content)
  template.remove()
  return { element, root, field: root.querySelector('textarea') as HTMLTextAreaElement }
}

/** The script comes to it. */
export async function start(element: HTMLElement): Promise<Shown> {
  const begun = new Promise((resolve) => element.addEventListener('hankyo:ready', resolve, { once: true }))
  document.body.append(element)
  await begun
  const thread = shown(element)
  expect(thread.root.querySelector('style')).toBeNull()
  return thread
}
