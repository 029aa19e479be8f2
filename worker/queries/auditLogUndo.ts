import { may, type Powers } from '../access/permissions.ts'
import type { EntryUndo, SiteDifference } from '../contract/auditLog.ts'
import { actions } from '../contract/decisions.ts'
import { settingNames } from '../contract/siteSettings.ts'
import type { EventRow } from '../store/auditLog.ts'
import { iso } from '../store/database.ts'
import { importWay, manyWay, togetherWay } from './auditLogUndoOfMany.ts'
import { archiving, movingBack, settingBack, threadWay, type Way } from './auditLogUndoOfPlaces.ts'
import { flat } from './siteDifferences.ts'

type Details = Record<string, unknown>

/** What there is to know of an entry: its event's details, how a site differs since, and who looks at it. */
interface Known {
  details: Details
  changes: SiteDifference[] | null
  by: Powers
  /** Milliseconds since the epoch. */
  now: number
}

/** How an entry's act can be undone, by who looks at it; null where it cannot, or not by them. */
export function undoOf(row: EventRow, { details, changes, by, now }: Known): EntryUndo | null {
  const way = wayOf(row, { details, changes, now })
  if (!way || !may(by, way.act, row.siteId)) return null
  return { state: way.state, request: way.state === 'open' ? way.request : null }
}

function wayOf(row: EventRow, { details, changes, now }: Omit<Known, 'by'>): Way | null {
  switch (row.act) {
    case 'comment.undo':
      return again(row, details)
    case 'comment.pin':
    case 'comment.unpin':
      return pinning(row)
    case 'thread.close':
      return threadWay(row, row.closedAt === row.at, ['DELETE', 'closure'])
    case 'thread.reopen':
      return threadWay(row, row.closedAt === null, ['POST', 'closure'])
    case 'thread.check':
      return threadWay(row, row.checked === 1, ['DELETE', 'check'])
    case 'thread.uncheck':
      return threadWay(row, row.checked === 0, ['POST', 'check'])
    case 'thread.rename':
      return threadWay(row, row.givenTitle === details.title, [
        'PUT',
        'title',
        { title: details.former ?? null },
      ])
    case 'thread.change':
      return settingBack(row, changes ?? [])
    case 'thread.move':
    case 'thread.merge':
      return movingBack(row, details)
    case 'author.badge':
      return badging(row, details)
    case 'author.trust':
      return trusting(row, details)
    case 'ban.add':
      return {
        act: 'bans.change',
        state: row.banId === null ? 'gone' : row.banEndedAt === null ? 'open' : 'changed',
        request: { method: 'DELETE', path: `/v1/bans/${row.banId}?undo=true` },
      }
    case 'ban.remove':
      return banning(row, now)
    case 'reporter.mute':
    case 'reporter.unmute':
      return muting(row, details)
    case 'site.change':
      return changing(row, changes)
    case 'site.archive':
      return archiving(row, ['DELETE', true])
    case 'site.restore':
      return archiving(row, ['POST', false])
    case 'bulk.decide':
      return togetherWay(row)
    case 'bulk.start':
      return manyWay(row, details)
    case 'import.start':
    case 'import.end':
      return importWay(row, details)
    // What a redaction took away is gone for good.
    case 'comment.redact':
      return null
    default:
      return typeof details.decisionId === 'string' && row.actorKind !== 'author'
        ? deciding(row, details.decisionId)
        : null
  }
}

const isGone = ({ status, erased }: EventRow) => status === null || erased === 1

function deciding(row: EventRow, decisionId: string): Way {
  const stands = row.standing === decisionId
  return {
    act: 'comments.decide',
    state: row.undone === 1 ? 'undone' : isGone(row) ? 'gone' : stands ? 'open' : 'changed',
    request: { method: 'DELETE', path: `/v1/decisions/${decisionId}` },
  }
}

/** To undo an undo is to decide again in the same way, where nobody decided since. */
function again(row: EventRow, details: Details): Way | null {
  const action = actions.find((action) => action === details.action)
  if (!action) return null
  const same = row.standing === row.decisionBefore && row.status === details.to
  const { commentId, revision, status, decisionReason: reason } = row
  return {
    act: 'comments.decide',
    state: isGone(row) ? 'gone' : same && revision === details.revision ? 'open' : 'changed',
    request: {
      ...{ method: 'POST', path: '/v1/decisions' },
      body: [{ commentId, revision, action, status, ...(reason !== null && { reason }) }],
    },
  }
}

function pinning(row: EventRow): Way {
  const pins = row.act === 'comment.pin'
  const path = `/v1/comments/${row.commentId}/pin`
  const state = isGone(row) ? 'gone' : (row.pinned === 1) !== pins ? 'undone' : row.shown ? 'open' : 'changed'
  return { act: 'comments.pin', state, request: { method: pins ? 'DELETE' : 'PUT', path } }
}

/** A badge that an erasure took out of the log is not given again. */
function badging(row: EventRow, { badge, former }: Details): Way | null {
  if (former === undefined) return null
  return {
    act: 'authors.badge',
    state: row.authorId === null ? 'gone' : row.badge === badge ? 'open' : 'changed',
    request: {
      ...{ method: 'PUT', path: `/v1/authors/${row.authorId}/badge` },
      body: { badge: former },
    },
  }
}

function muting({ siteId, act, at, mutedAt }: EventRow, { reporter }: Details): Way {
  const mutes = act === 'reporter.mute'
  const stands = mutedAt === (mutes ? at : null)
  return {
    act: 'reporters.mute',
    state: stands ? 'open' : mutes && mutedAt === null ? 'undone' : 'changed',
    request: {
      method: mutes ? 'DELETE' : 'PUT',
      path: `/v1/sites/${siteId}/reporters/${reporter}/mute`,
    },
  }
}

function trusting(row: EventRow, { pinned, former }: Details): Way {
  return {
    act: 'authors.trust',
    state: row.authorId === null ? 'gone' : row.pinnedTrust === pinned ? 'open' : 'changed',
    request: { method: 'PUT', path: `/v1/authors/${row.authorId}/trust`, body: { pinned: former ?? null } },
  }
}

/** A ban that was lifted is made again, as long as it is known and would not be over. */
function banning(row: EventRow, now: number): Way {
  const { siteId, banKind: kind, banValue: value, banUntil, banReason: reason } = row
  const until = banUntil === null ? null : iso(banUntil)
  const isOver = banUntil !== null && banUntil <= now
  return {
    act: 'bans.change',
    state: row.banId === null ? 'gone' : row.banEndedAt === null ? 'undone' : isOver ? 'changed' : 'open',
    request: {
      ...{ method: 'POST', path: '/v1/bans' },
      body: { siteId, kind, value, until, confirm: true, ...(reason !== null && { reason }) },
    },
  }
}

/** A change of a site is undone field by field, as far as nobody changed them since. */
function changing(row: EventRow, changes: SiteDifference[] | null): Way | null {
  if (changes === null || changes.length === 0) return null
  const now = row.siteNow === null ? null : flat(JSON.parse(row.siteNow))
  const is = ({ field }: SiteDifference, value: unknown) =>
    JSON.stringify(now?.[field]) === JSON.stringify(value)
  const open = changes.filter((one) => is(one, one.after))
  const undone = changes.every((one) => is(one, one.before))
  const isSetting = ({ field }: SiteDifference) => (settingNames as string[]).includes(field)
  const valuesOf = (some: SiteDifference[]) =>
    Object.fromEntries(some.map(({ field, before }) => [field, before]))
  const settings = valuesOf(open.filter(isSetting))
  return {
    act: 'sites.change',
    state: now === null ? 'gone' : undone ? 'undone' : open.length > 0 ? 'open' : 'changed',
    request: {
      ...{ method: 'PATCH', path: `/v1/sites/${row.siteId}` },
      body: {
        ...valuesOf(open.filter((one) => !isSetting(one))),
        ...(Object.keys(settings).length > 0 && { settings }),
      },
    },
  }
}
