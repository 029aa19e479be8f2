import type { Action, DecisionView } from '../../../worker/contract/decisions.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { relativeTime } from '../../common/i18n.ts'
import type { Note } from '../queue/rowNotes.ts'
import { capital } from './findings.ts'
import type { Notice } from './undoStack.ts'
import { errorWords, formatMessage, own, tag, words } from './words.ts'

const line = (tone: Notice['tone'], say: () => string, undoable = false): Notice => ({ tone, say, undoable })

export const sendingNotice = () => line('sending', () => words().sending, true)
export const undoingNotice = () => line('sending', () => words().undoing)
export const offlineNotice = () => line('failed', () => words().offlineDecision)
export const failedToSortNotice = () => line('failed', () => words().sortNeedsSite)
/** Why a comment can't be pinned. */
export const unpinnableNotice = () => line('failed', () => words().pin.unpinnable)
/** How many were selected, where others of their kind were not. */
export const partlySelectedNotice = (count: number, others: number) =>
  line('done', () =>
    formatMessage(words().selectedFine, { done: formatMessage(words().selected, { count }), count: others }),
  )
export const nothingNotice = () => line('done', () => words().nothingToUndo)

/** How a decision on some comments went. */
export function decidedNotice(action: Action | 'keep', done: number, failed: number): Notice {
  const said = () => formatMessage(words().decided[action], { count: done })
  if (failed === 0) return line('done', said, true)
  if (done === 0) return line('failed', () => formatMessage(words().noneDone, { count: failed }))
  return line('failed', () => formatMessage(words().partly, { done: said(), count: failed }), true)
}

/** How taking decisions back went; `lost` is what stood in the way of the only one. */
export function undoneNotice(done: number, failed: number, lost: Note | null): Notice {
  const said = () => formatMessage(words().undone, { count: done })
  if (failed === 0) return line('done', said)
  if (done > 0)
    return line('failed', () => formatMessage(words().undonePartly, { done: said(), count: failed }))
  return line('failed', () =>
    lost?.kind === 'failed'
      ? formatMessage(words().notUndone, { error: errorWords(lost.error) })
      : formatMessage(words().notUndoneLost, { present: lost ? noteWords(lost) : '' }),
  )
}

/** A line that tells what a note tells. */
export const noteNotice = (note: Note) => line('failed', () => noteWords(note))
/** A line that somebody else had decided the same before. */
export const agreedNotice = (note: Note) => line('done', () => noteWords(note))

/** A line for anything else that was done, or failed with an error. */
export const doneNotice = (say: () => string, undoable = false) => line('done', say, undoable)
export const failedNotice = (say: (error: string) => string, error: ErrorDetail) =>
  line('failed', () => say(errorWords(error)))

/** What a row tells beside its comment. */
export function noteWords(note: Note): string {
  const w = words()
  switch (note.kind) {
    case 'edited':
      return w.editedNow
    case 'failed':
      return formatMessage(w.notDecided[note.action], { error: errorWords(note.error) })
    case 'departed': {
      const by = note.decision && own<string>(w.by, didOf(note.decision))
      return by && note.decision ? formatMessage(by, { name: actorWords(note.decision.by) }) : w.by.left
    }
    case 'lost': {
      const { decision, status } = note.present
      const told = decision && own<string>(w.lost, didOf(decision))
      return told && decision
        ? formatMessage(told, { name: actorWords(decision.by), ago: ago(decision.at) })
        : formatMessage(w.lost.state, { status: w.status[status] })
    }
  }
}

/** What a decision was, by the key of the words for it: staff may edit, too, and erase. */
export function didOf({ action, byKind }: Pick<DecisionView, 'action' | 'byKind'>) {
  if (byKind === 'author') return action
  return action === 'edit' ? 'staffEdit' : action === 'withdraw' ? 'erase' : action
}

/** How long ago, to the second: two people at one comment are seldom further apart. */
function ago(iso: string): string {
  const seconds = Math.max(1, Math.round((Date.now() - Date.parse(iso)) / 1000))
  return seconds < 60
    ? new Intl.RelativeTimeFormat(tag()).format(-seconds, 'second')
    : relativeTime(iso, tag())
}

/** The name of who acted; the machine's in the chosen language. */
export function actorWords(name: string): string {
  return ourWords(name) ?? name
}

/** The same as it stands alone, in a list or a table; a person's is written as they do. */
export function actorTitle(name: string): string {
  return capital(ourWords(name) ?? '') || name
}

function ourWords(name: string): string | undefined {
  const { screening, author, operator } = words()
  return own({ screening, author, operator }, name)
}
