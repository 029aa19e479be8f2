import type { CommentDecided, Event } from '../contract/events.ts'
import type { CommentsImported } from '../contract/importEvents.ts'
import type { CommentConfirmed } from '../contract/learnerEvents.ts'
import type { Env } from '../env.ts'
import { type Changed, type PurgeContext, purge } from '../http/edgeCache.ts'
import { memory } from '../http/isolateCache.ts'
import { seenSites } from '../http/seenSites.ts'
import { askIndexer, askLearner, enqueueScreening, isSearched } from '../jobs/enqueue.ts'

/** What follows from events. It is told once a request or a batch of jobs, of all events together. */
type Subscriber = (events: Event[], env: Env, context: PurgeContext) => void

const subscribers: Subscriber[] = [
  emptyMemory,
  lookForSites,
  purgeEdge,
  askForScreening,
  askForLearning,
  askForIndexing,
]

/**
 * Tells every subscriber what happened. To be called by the default entry point once a request or batch:
 * only there the edge can be purged, and how often is limited.
 */
export function tellSubscribers(events: Event[], env: Env, context: PurgeContext): void {
  for (const subscriber of subscribers) subscriber(events, env, context)
}

/** The parts of what readers see that an event changed. Likes are left to the age of an answer. */
function changedBy(event: Event): Changed[] {
  switch (event.act) {
    case 'comment.pin':
    case 'comment.unpin':
    case 'thread.close':
    case 'thread.reopen':
    case 'thread.check':
    case 'thread.uncheck':
    case 'thread.rename':
    case 'thread.change':
      return [{ siteId: event.siteId, threadId: event.threadId }]
    case 'comments.move':
      return event.threadIds.map((threadId) => ({ siteId: event.siteId, threadId }))
    case 'site.change':
    case 'site.archive':
    case 'site.restore':
    case 'site.remove':
    case 'author.badge':
    case 'author.erase':
    case 'comments.import':
      return [{ siteId: event.siteId }]
    default:
      return 'visible' in event && event.visible ? [{ siteId: event.siteId, threadId: event.threadId }] : []
  }
}

function emptyMemory(events: Event[]): void {
  const isSeen = (event: Event) => /^comment\.(un)?like$/.test(event.act) || changedBy(event).length > 0
  if (events.some(isSeen)) memory.empty()
}

/** A site that is new, or is set up otherwise, may be seen for the first time. */
function lookForSites(events: Event[]): void {
  if (events.some(({ act }) => act.startsWith('site.'))) seenSites.forget()
}

function purgeEdge(events: Event[], env: Env, context: PurgeContext): void {
  purge(env, context, events.flatMap(changedBy))
}

function askForScreening(events: Event[], env: Env, context: PurgeContext): void {
  for (const event of events) {
    const isEdit = event.act === 'comment.edit' && event.actor.kind === 'author'
    if (event.act !== 'comment.posted' && !isEdit) continue
    const revision = isEdit ? event.revision + 1 : event.revision
    context.waitUntil(enqueueScreening(env, { site: event.siteId, id: event.commentId, revision }))
  }
}

/** People's decisions teach, and so does what takes one back, or confirms it. */
function askForLearning(events: Event[], env: Env, context: PurgeContext): void {
  const teaches = (event: Event): event is CommentDecided | CommentConfirmed | CommentsImported =>
    event.act === 'comments.import'
      ? event.teaches
      : event.act === 'comment.confirm' ||
        ('decisionId' in event &&
          !/^comment\.(appeal|answer)$/.test(event.act) &&
          event.actor.kind !== 'screening')
  const sites = new Map(events.filter(teaches).map(({ siteId, at }) => [siteId, at]))
  for (const [site, at] of sites) context.waitUntil(askLearner(env, site, at))
}

/**
 * What comments say or are has changed, or what their pages are called. A new comment is indexed when screening has
 * looked at it.
 */
function askForIndexing(events: Event[], env: Env, context: PurgeContext): void {
  const changes = (event: Event): event is Extract<Event, { at: number }> & { siteId: string } =>
    ('commentId' in event && event.act !== 'comment.posted') ||
    event.act === 'thread.rename' ||
    event.act === 'comments.move' ||
    event.act === 'comments.import'
  const change = events.filter(changes).find(({ siteId }) => isSearched(env, siteId))
  if (change) context.waitUntil(askIndexer(env, change.at))
}
