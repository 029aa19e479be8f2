import type { EventRow } from '../store/auditLog.ts'
import type { Way } from './auditLogUndoOfPlaces.ts'

/** What an act on many did is taken back as one, however far it came. */
export function manyWay({ bulkState }: EventRow, { bulkId }: Record<string, unknown>): Way {
  const isBack = bulkState === 'undoing' || bulkState === 'undone'
  return {
    act: 'comments.decide',
    state: bulkState === null ? 'gone' : isBack ? 'undone' : 'open',
    request: { method: 'DELETE', path: `/v1/bulk-acts/${bulkId}` },
  }
}

/** What was decided together one by one is taken back so, too: each of its lines says by which request. */
export const togetherWay = ({ decidedTogether }: EventRow): Way => ({
  act: 'comments.decide',
  state: decidedTogether ?? 'gone',
  request: null,
})

/** What an import brought is taken back as a whole. */
export function importWay({ importState }: EventRow, { importId }: Record<string, unknown>): Way {
  const isBack = importState === 'undoing' || importState === 'undone'
  return {
    act: 'imports.change',
    state: importState === null ? 'gone' : isBack ? 'undone' : 'open',
    request: { method: 'DELETE', path: `/v1/imports/${importId}` },
  }
}
