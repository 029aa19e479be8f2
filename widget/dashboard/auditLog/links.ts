import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import { historyOf, pageOfAuthor, pageOfThread, type Whereabouts } from '../core/location.ts'

/** Where the sentence of a line leads: to the comment, the page, the ban, the site it is about; null for nowhere. */
export function subjectPlace({
  act,
  commentId,
  thread,
  siteId,
  author,
}: AuditEntry): Partial<Whereabouts> | null {
  const [noun] = act.split('.')
  if (commentId !== null) return historyOf(commentId)
  if (thread !== null) return pageOfThread(thread.id)
  if (author !== null && (noun === 'author' || noun === 'note' || noun === 'bulk'))
    return pageOfAuthor(author.id)
  if (noun === 'ban') return { page: 'bans' }
  if (noun === 'reporter') return { page: 'reports' }
  if (noun === 'token') return { page: 'tokens' }
  if (noun === 'import' && siteId !== null) return { page: 'imports', site: siteId }
  if (act === 'site.remove' || siteId === null) return null
  if (noun === 'site' || noun === 'words' || noun === 'screener' || noun === 'turnstile')
    return { page: 'settings', site: siteId }
  return noun === 'learner' ? { page: 'stats', site: siteId } : null
}
