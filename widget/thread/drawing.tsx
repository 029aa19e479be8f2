import { render } from 'preact'
import { draftOf } from './model/drafts.ts'
import { isOver, type Model } from './model/model.ts'
import { type Item, type Items, type Place, placesOf } from './view/places.tsx'
import { Above, Below, frameOf } from './view/Thread.tsx'

/** Comments drawn within one task: about as many as a slow phone draws within a twentieth of a second. */
const batch = 3

/** Frames after which what came into view has its height. */
const settling = 20

/** What draws one thread. */
export interface Drawing {
  /** Draws what is there anew and the next few comments; the others follow by themselves. */
  draw(): void
  /** Draws at once what waits for its turn: a reader who does something must not wait for it. */
  finish(): void
}

/**
 * Draws a thread into a shadow root, or takes over the one that came with its page. Each comment is a tree of its
 * own for Preact, as is what stands above and below them. So a few comments can be drawn at a time, in tasks that
 * keep nobody waiting; and comments that came with the page stay as they are until their turn comes.
 *
 * @param completed what is to be done whenever all comments are drawn
 * @param adopt takes over what the root holds, rendered on the server from what the model holds
 */
export function drawingOf(
  root: ShadowRoot,
  model: Model,
  completed: () => void,
  adopt?: (items: Items, list: Element, places: Place[]) => void,
): Drawing {
  const items: Items = new Map()
  /** How many comments may still be drawn within this task, and whether some wait for the next. */
  let left = 0
  let unfinished = false
  let next: ReturnType<typeof setTimeout> | undefined

  let section = adopt && root.querySelector('section')
  if (!section) {
    root.replaceChildren()
    section = append(root, 'section')
    section.setAttribute('part', 'thread')
    append(section, 'div', 'place')
    append(section, 'ol', 'list')
    append(section, 'div', 'place')
  }
  const frame = section
  const [above, list, below] = section.children as Iterable<Element> as [Element, Element, Element]
  adopt?.(items, list, placesOf(model))

  function pass(most: number, changed: boolean): void {
    clearTimeout(next)
    if (isOver(model)) return
    const places = placesOf(model)
    const keys = keysOf(places)
    for (const [key, { element }] of items)
      if (!keys.has(key)) {
        element.remove()
        items.delete(key)
      }
    left = most
    if (model.thread) {
      arrange(list, places, changed)
      model.complete = keys.size === items.size
      unfinished = !model.complete || [...items.values()].some(({ drawn }) => !drawn)
      // Below the comments once they are all there: so it need not move.
      if (model.complete) draftOf(model, '')
    }
    Object.assign(frame, frameOf(model))
    render(<Above model={model} />, above)
    render(<Below model={model} />, below)
    focus(model)
    if (unfinished) next = setTimeout(() => pass(batch, false))
    else if (model.complete) completed()
  }

  /**
   * Moves the focus to where it was asked to be. The form, and a comment that a link led to, come into the middle, their
   * start at least.
   */
  function focus({ focus, linked }: Model): void {
    const target = root.getElementById(focus)
    model.focus = ''
    target?.focus()
    const bring = (frames: number) => {
      target?.scrollIntoView({ block: target.clientHeight * 2 < innerHeight ? 'center' : 'start' })
      // What came into view by that gets its height some frames later.
      if (frames) requestAnimationFrame(() => bring(frames - 1))
    }
    if (focus === 'body-' || focus === `comment-${linked}`) bring(settling)
  }

  /** Brings the items of a list into their order and draws those whose turn it is. */
  function arrange(list: Element, places: Place[], changed: boolean): void {
    let at = list.firstElementChild
    for (const { key, content, replies } of places) {
      const item = items.get(key) ?? (left > 0 && add(list, key))
      if (!item) continue
      if (item.element === at) at = at.nextElementSibling
      else list.insertBefore(item.element, at)
      if (item.drawn ? changed : left-- > 0) {
        item.drawn = true
        render(content, item.place)
      }
      if (!replies) {
        item.replies?.remove()
        item.replies = null
      } else if (item.replies || left > 0) {
        item.replies ??= append(item.element, 'ol', 'list')
        arrange(item.replies, replies, changed)
      }
    }
  }

  function add(list: Element, key: string): Item {
    const element = append(list, 'li')
    const item = { element, place: append(element, 'div', 'place') }
    items.set(key, item)
    return item
  }

  return {
    draw() {
      const { hurried } = model
      model.hurried = false
      pass(hurried ? Number.POSITIVE_INFINITY : batch, true)
    },
    finish() {
      if (unfinished) pass(Number.POSITIVE_INFINITY, false)
    },
  }
}

function append<Name extends keyof HTMLElementTagNameMap>(parent: Node, name: Name, className = '') {
  const element = document.createElement(name)
  if (className) element.className = className
  return parent.appendChild(element)
}

function keysOf(places: Place[], keys = new Set<string>()): Set<string> {
  for (const { key, replies = [] } of places) keysOf(replies, keys.add(key))
  return keys
}
