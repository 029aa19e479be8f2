import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { Finding } from '../../../worker/contract/findings.ts'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import { readFindings } from '../../../worker/contract/readFindings.ts'
import type { Message } from '../../common/i18n.ts'
import { capital, findingWords, leaning } from '../core/findings.ts'
import { formatMessage, own, tag, words } from '../core/words.ts'

/** An audit entry as a sentence; an act we have no words for is named as the worker names it. */
export function sentence(entry: AuditEntry): string {
  const { act, details } = entry
  const said = formatMessage(own<Message>(words('auditLog').acts, actOf(entry)) ?? words('auditLog').other, {
    actor: actorOf(entry),
    act,
    value: subjectOf(entry),
    badge: String(details.badge ?? ''),
    title: String(details.title ?? ''),
    role: own<string>(words('auditLog').roles, String(details.role)) ?? '',
    was: String(details.was ?? ''),
    from: readableKey(String(details.from ?? '')),
    to: readableKey(String(details.to ?? '')),
    all: Number(details.all ?? 0),
    count: Number(entry.bulk?.count ?? details.count ?? details.checked ?? details.flags ?? 0),
    wrong: Number(details.wrong ?? 0),
    limit: percent(details.errorRate),
  })
  if (act === 'bulk.start' || act === 'bulk.undo') return aboutWhom(entry, said)
  if (entry.actor.kind !== 'screening' || !Array.isArray(details.findings)) return said
  return explained(said, act, readFindings(details.findings))
}

/** An act on many, or its undo, with the ban that was placed with the act, or with the author whose comments it took. */
function aboutWhom(entry: AuditEntry, said: string): string {
  const { author, details } = entry
  const w = words('auditLog')
  const value = subjectOf(entry)
  if (details.kind !== undefined && entry.act === 'bulk.start')
    return formatMessage(w.withBan, { act: said, value })
  return author ? formatMessage(w.ofAuthor, { act: said, value: author.name ?? author.id }) : said
}

/** The act as we call it: keeping what readers flagged is approving it; taking a badge, a title or a role is giving none. */
function actOf({ act, details, author }: AuditEntry): string {
  if (act === 'comment.approve' && details.from === 'approved' && details.flags) return 'comment.keep'
  if (details.appeal !== undefined) return `appeal.${details.appeal}`
  if (act === 'thread.rename' && details.title === null) return 'thread.unname'
  if (act === 'staff.change' && details.role === null) return 'staff.leave'
  if (act === 'session.end' && details.name !== undefined) return 'session.endOf'
  if (act === 'author.trust' && typeof details.pinned === 'string') return `author.${details.pinned}`
  if (act === 'bulk.undecide' && details.count === details.all) return 'bulk.undecideAll'
  if (act.startsWith('note.') && author?.name && details.value !== undefined) return `${act}Author`
  if (act === 'bulk.stop' && details.because !== undefined) return 'bulk.end'
  if (act.startsWith('view.') && details.name !== undefined) return `${act}d`
  if (['bulk.decide', 'bulk.start'].includes(act) && typeof details.action === 'string')
    return `bulk.${details.action}`
  if (act === 'author.badge' && !details.badge)
    return details.badge === null ? 'author.unbadge' : 'author.badgeErased'
  return act
}

/** Who acted, as a sentence begins; a name is written as its owner does. */
function actorOf({ actor: { kind, name } }: AuditEntry): string {
  const w = words()
  if (name && name !== kind) return name
  return capital({ moderator: w.name, screening: w.screening, author: w.author, operator: w.operator }[kind])
}

/** What an act was about, our own names for things in words. Of a lifted ban of an address only its kind is known. */
function subjectOf({ details, thread, author }: AuditEntry): string {
  const { value, name, list, kind, key } = details
  const { named } = words()
  const known: Record<string, string> = {
    ...named.screeners,
    ...words('auditLog').automatic,
    ...words('bans').kind,
  }
  if (list !== undefined) return own<string>(named.lists, String(list)) ?? String(list)
  if (author?.name) return author.name
  if (thread) return String(details.was ?? '') || thread.title || thread.key
  return String(value ?? own(known, String(kind)) ?? name ?? key ?? '')
}

/** A verdict with the findings that speak for it, the weightiest first, and those that speak against it. */
function explained(said: string, act: string, findings: Finding[]): string {
  const w = words('auditLog')
  const way = act === 'comment.approve' ? -1 : 1
  const clauses = (direction: number) =>
    findings
      .filter((finding) => leaning(finding) === direction)
      .toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
      .map((finding) => findingWords(finding, true))
  const speaking = clauses(way)
  const against = clauses(-way).join(words().semicolon)
  if (
    way < 0 &&
    findings.some((finding) => finding.code === 'new_author' && finding.params.trust === 'known')
  )
    speaking.push(w.known)
  const found = speaking.join(words().semicolon) || w.nothing
  return formatMessage(against ? w.although : w.because, { act: said, found, against })
}

function percent(share: unknown): string {
  if (typeof share !== 'number') return ''
  return new Intl.NumberFormat(tag(), { style: 'percent', maximumFractionDigits: 1 }).format(share)
}
