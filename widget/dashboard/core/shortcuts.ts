import { isComposing } from './composing.ts'

/** Every shortcut, in the order the help tells them. Two keys with a space are pressed one after the other. */
export const shortcuts = [
  { keys: 'j', does: 'next' },
  { keys: 'k', does: 'previous' },
  { keys: 'a', does: 'approve' },
  { keys: 'r', does: 'reject' },
  { keys: 'c', does: 'rejectChange' },
  { keys: 's', does: 'spam' },
  { keys: 'd', does: 'delete' },
  { keys: 'b', does: 'restore' },
  { keys: 'e', does: 'answer' },
  { keys: 'p', does: 'pin' },
  { keys: 'z', does: 'undo' },
  { keys: 'x', does: 'select' },
  { keys: 'X', does: 'extend' },
  { keys: 'A', does: 'selectAll' },
  { keys: 'f', does: 'selectFine' },
  { keys: 'o', does: 'order' },
  { keys: 'm', does: 'expand' },
  { keys: 'i', does: 'details' },
  { keys: 'h', does: 'history' },
  { keys: 'n', does: 'fresh' },
  { keys: '/', does: 'search' },
  { keys: '?', does: 'help' },
  { keys: 'g h', does: 'held' },
  { keys: 'g f', does: 'flagged' },
  { keys: 'g p', does: 'appeals' },
  { keys: 'g r', does: 'reports' },
  { keys: 'g s', does: 'spamTab' },
  { keys: 'g a', does: 'all' },
  { keys: 'g l', does: 'auditLog' },
  { keys: 'Escape', does: 'escape' },
] as const

export type Does = (typeof shortcuts)[number]['does']

/** What is asked of the keyboard at the moment. */
export interface Keyboard {
  /** One-key shortcuts are on. */
  oneKey: boolean
  /** The keys before, of a shortcut of two. */
  before: string
}

/** What a key press does: a shortcut, the first half of one, or nothing of ours. */
export function shortcutFor(event: KeyboardEvent, { oneKey, before }: Keyboard): Does | 'half' | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || isComposing(event) || event.defaultPrevented) return
  // With caps lock on, `a` is still `a`.
  const key = event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key
  if (key !== 'Escape' && (!oneKey || takesText(event.target))) return
  const keys = before ? `${before} ${key}` : key
  const found = shortcuts.find((shortcut) => shortcut.keys === keys)
  if (found) return found.does
  return shortcuts.some((shortcut) => shortcut.keys.startsWith(`${keys} `)) ? 'half' : undefined
}

const notText = new Set(['checkbox', 'radio', 'button', 'submit', 'range', 'color'])

/** Whether keys pressed there are meant for it: fields and lists, not buttons and check boxes. */
function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !notText.has(target.type)
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
}
