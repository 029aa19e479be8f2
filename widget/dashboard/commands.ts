import type { Action } from '../../worker/contract/decisions.ts'
import type { Tab } from '../../worker/contract/queue.ts'
import { historyOf, unfiltered } from './core/location.ts'
import { nothingNotice, undoingNotice } from './core/notices.ts'
import { oneKey } from './core/preferences.ts'
import { type Does, shortcutFor } from './core/shortcuts.ts'
import { type Desk, modelOf } from './desk.ts'
import { changes, isWithdrawn } from './queue/decisions.ts'
import { nextOrder, selectFine } from './queue/order.ts'
import { pinsOf } from './queue/pins.ts'
import { wide } from './ui/wide.ts'

/** What each shortcut does to the desk. */
const commands: Record<Does, (desk: Desk) => void> = {
  next: ({ queue }) => {
    const before = queue.list.cursor.inHand.peek()
    queue.list.cursor.move(1)
    if (before === queue.list.cursor.inHand.peek()) queue.more()
  },
  previous: ({ queue }) => queue.list.cursor.move(-1),
  approve: decide('approve'),
  reject: ({ queue, decisions }) => {
    if (decisions.target().length) queue.list.cursor.choosing.value = 'reject'
  },
  rejectChange: ({ queue, decisions }) => {
    const { cursor, items } = queue.list
    const ids = decisions.target()
    if (items.peek().some((item) => ids.includes(item.id) && changes(item, 'reject_change')))
      cursor.choosing.value = 'reject_change'
  },
  spam: decide('spam'),
  delete: decide('delete'),
  restore: decide('restore'),
  answer: ({ queue }) => {
    const { cursor } = queue.list
    const item = cursor.item.peek()
    if (item && !isWithdrawn(item) && cursor.selected.peek().size === 0) cursor.answering.value = true
  },
  pin: (desk) => {
    const item = desk.queue.list.cursor.item.peek()
    if (item) modelOf(desk, pinsOf).toggle(item)
  },
  undo: ({ acts }) => acts.undo(undoingNotice(), nothingNotice()),
  select: ({ queue }) => {
    const id = queue.list.cursor.item.peek()?.id
    if (id) queue.list.cursor.toggle(id)
  },
  extend: ({ queue }) => {
    const id = queue.list.cursor.item.peek()?.id
    if (id) queue.list.cursor.extend(id)
  },
  selectAll: ({ queue, allMatching }) => {
    const { cursor, items, next } = queue.list
    if (next.peek() && cursor.hasAll.peek() && items.peek().length > 0) allMatching.value = true
    else cursor.selectAll()
  },
  selectFine,
  order: nextOrder,
  expand: ({ queue }) => {
    queue.list.cursor.expanded.value = !queue.list.cursor.expanded.peek()
  },
  details: (desk) => {
    if (wide.peek()) document.querySelector<HTMLElement>('aside.context')?.focus()
    else desk.queue.list.cursor.detailed.value = true
  },
  history: ({ queue, place }) => {
    const id = queue.list.cursor.item.peek()?.id
    if (id) place.go(historyOf(id))
  },
  fresh: ({ queue }) => queue.list.showFresh(),
  search: () => document.getElementById('search')?.focus(),
  help: (desk) => {
    desk.help.value = true
  },
  held: tab('held'),
  flagged: tab('flagged'),
  appeals: tab('appeals'),
  spamTab: tab('spam'),
  all: tab('all'),
  reports: ({ place }) => place.go({ ...unfiltered, page: 'reports' }),
  auditLog: ({ place }) => place.go({ page: 'audit-log' }),
  escape: ({ queue }) => queue.list.cursor.clear(),
}

/** What makes sense on every page; the rest is the queue's, or what the page on screen makes of it. */
const anywhere = new Set<Does>([
  ...(['help', 'held', 'flagged', 'appeals', 'reports', 'spamTab', 'all', 'auditLog', 'undo'] as const),
])

function decide(action: Action) {
  return ({ decisions }: Desk) => decisions.decide(decisions.target(), action)
}

function tab(name: Tab) {
  return ({ place }: Desk) => place.go({ ...unfiltered, page: 'queue', tab: name })
}

/** Milliseconds that the second key of a shortcut of two may take. */
const patience = 1_500

/** Milliseconds within which a key still belongs to what was typed before it. */
const breath = 600

/** Lets the keyboard work the desk, until the returned function is called. */
export function listenForShortcuts(desk: Desk): () => void {
  let before = ''
  let forgetting: ReturnType<typeof setTimeout>
  /** When a sheet, which a key may have closed, was last typed into. */
  let typed = Number.NEGATIVE_INFINITY
  function onKeyDown(event: KeyboardEvent) {
    const isInSheet = document.querySelector('dialog[open]') !== null
    if (isInSheet || event.timeStamp - typed < breath) {
      typed = event.key === 'Escape' ? Number.NEGATIVE_INFINITY : event.timeStamp
      return
    }
    if (desk.session.state.peek() !== 'in') return
    if (event.repeat && !['j', 'k'].includes(event.key)) return
    const does = shortcutFor(event, { oneKey: oneKey.peek(), before })
    before = does === 'half' ? event.key : ''
    clearTimeout(forgetting)
    if (before) forgetting = setTimeout(forget, patience)
    if (!does || does === 'half') return
    const onQueue = desk.place.here.peek().page === 'queue'
    if (!onQueue && desk.asking.peek() && does !== 'escape') return
    const ofPage = desk.shortcuts.peek()[does]
    if (!onQueue && !anywhere.has(does)) {
      if (!ofPage) return
      event.preventDefault()
      return ofPage()
    }
    const { choosing, answering } = desk.queue.list.cursor
    if ((choosing.peek() || answering.peek()) && does !== 'escape') return
    if (does !== 'escape') event.preventDefault()
    commands[does](desk)
  }
  const forget = () => {
    before = ''
  }
  document.addEventListener('keydown', onKeyDown)
  return () => {
    clearTimeout(forgetting)
    document.removeEventListener('keydown', onKeyDown)
  }
}
