import type { Action } from '../../../worker/contract/decisions.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { relativeTime } from '../../common/i18n.ts'
import type { Note } from '../queue/rowNotes.ts'
import type { Line } from './undoStack.ts'
import { errorWords, own, tag, tell, words } from './words.ts'

const line = (tone: Line['tone'], say: () => string, undoable = false): Line => ({ tone, say, undoable })

export const sendingLine = () => line('sending', () => words().sending, true)
export const undoingLine = () => line('sending', () => words().undoing)
export const offlineLine = () => line('failed', () => words().offlineDecision)
export const failedToSortLine = () => line('failed', () => words().sortNeedsSite)
/** How many were selected, where others of their kind were not. */
export const partlySelectedLine = (count: number, others: number) =>
  line('done', () => tell(words().selectedFine, { done: tell(words().selected, { count }), count: others }))
export const nothingLine = () => line('done', () => words().nothingToUndo)

/** How a decision on some comments went. */
export function decidedLine(action: Action | 'keep', done: number, failed: number): Line {
  const said = () => tell(words().decided[action], { count: done })
  if (failed === 0) return line('done', said, true)
  if (done === 0) return line('failed', () => tell(words().noneDone, { count: failed }))
  return line('failed', () => tell(words().partly, { done: said(), count: failed }), true)
}

/** How taking decisions back went; `lost` is what stood in the way of the only one. */
export function undoneLine(done: number, failed: number, lost: Note | null): Line {
  const said = () => tell(words().undone, { count: done })
  if (failed === 0) return line('done', said)
  if (done > 0) return line('failed', () => tell(words().undonePartly, { done: said(), count: failed }))
  return line('failed', () =>
    lost?.kind === 'failed'
      ? tell(words().notUndone, { error: errorWords(lost.error) })
      : tell(words().notUndoneLost, { present: lost ? noteWords(lost) : '' }),
  )
}

/** A line that tells what a note tells. */
export const noteLine = (note: Note) => line('failed', () => noteWords(note))

/** A line for anything else that was done, or failed with an error. */
export const doneLine = (say: () => string, undoable = false) => line('done', say, undoable)
export const failedLine = (say: (error: string) => string, error: ErrorDetail) =>
  line('failed', () => say(errorWords(error)))

/** What a row tells beside its comment. */
export function noteWords(note: Note): string {
  const w = words()
  switch (note.kind) {
    case 'edited':
      return w.editedNow
    case 'failed':
      return tell(w.notDecided[note.action], { error: errorWords(note.error) })
    case 'departed': {
      const by = note.decision && own<string>(w.by, note.decision.action)
      return by && note.decision ? tell(by, { name: actorWords(note.decision.by) }) : w.by.left
    }
    case 'lost': {
      const { decision, status } = note.present
      const told = decision && own<string>(w.lost, decision.action)
      return told && decision
        ? tell(told, { name: actorWords(decision.by), ago: ago(decision.at) })
        : tell(w.lost.state, { status: w.status[status] })
    }
  }
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
  return name === 'screening' ? words().screening : name
}
