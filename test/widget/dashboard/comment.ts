import type { Band } from '../../../worker/contract/findings.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'

/** A comment as the queue lists it, for what a test doesn't care about. */
export function comment(id: string, more: Partial<QueueItem> = {}): QueueItem {
  const at = new Date(Date.UTC(2026, 0, 1, 12, 0, Number(id.replace(/\D/g, '')) || 0)).toISOString()
  return {
    id,
    revision: 1,
    status: 'pending',
    body: `Body of ${id}`,
    content: [{ type: 'paragraph', children: [`Body of ${id}`] }],
    author: { id: `author-${id}`, name: `Author ${id}`, email: null, url: null, badge: null },
    thread: {
      id: 7,
      key: '/post',
      url: 'https://blog.example/post',
      title: 'A post',
      givenTitle: null,
      closed: null,
      checked: false,
    },
    site: { id: 'blog', name: 'Blog' },
    parent: null,
    createdAt: at,
    editedAt: null,
    verdict: 'hold',
    band: null,
    findings: [],
    trust: 'newcomer',
    history: { approved: 0, rejected: 0, spam: 0, firstSeen: at, sameAddress: 1 },
    shown: false,
    pinned: false,
    notes: { comment: 0, author: 0 },
    flags: null,
    appeal: null,
    decision: null,
    ...more,
  }
}

/** A comment the learner has scored, with the words that moved it most. */
export function scored(id: string, band: Band, score: number, ...terms: string[]): QueueItem {
  const params = { band, score, approves: true, condemns: true, terms }
  return comment(id, { band, findings: [{ code: 'learner', weight: 0, params }] })
}

/** Who sits at the desk. */
export const session = {
  moderator: {
    ...{ id: 'me', name: 'Me', role: 'owner' as const, everySite: true },
    ...{ locale: null, timeZone: null },
  },
  expiresAt: null,
  sites: [{ id: 'blog', name: 'Blog', locale: 'en', policy: 'premoderate' as const }],
}

/** What an entry of the log has besides, where there is nothing to say of it. */
export const bare = { thread: null, author: null, bulk: null, changes: null, undo: null }
