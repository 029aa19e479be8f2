import type { ImportedComment, LeftOutReason } from '../../contract/imports.ts'
import { isVisible } from '../../contract/input.ts'
import type { SourceComment, SourceTime } from '../entry.ts'
import { markdownBody } from '../markdown.ts'
import { fittedBody, fittedEmail, fittedName, fittedWebsite } from './fit.ts'
import { whoOf } from './identity.ts'
import type { PlanOptions } from './options.ts'
import { type Place, placing } from './placing.ts'
import type { SurveyMended } from './survey.ts'
import { moment } from './time.ts'

/** A comment as it is brought, but for what is known of it only among others: its id and its parent. */
export interface ReadComment {
  place: Place
  comment: Omit<ImportedComment, 'id' | 'parentId' | 'author'> & {
    author: Omit<ImportedComment['author'], 'id'>
  }
  /** What was wrong with its time. */
  time: 'future' | 'impossible' | null
  mended: Partial<Record<keyof SurveyMended, boolean>>
}

/**
 * Tells of one comment after the other what becomes of it, in the order of the file: two readings of a file by the same
 * options say the same.
 */
export function commentReader(options: PlanOptions): (comment: SourceComment) => ReadComment | LeftOutReason {
  const placeOf = placing(options)
  let before: number | null = null

  function timeOf(time: SourceTime): { at: number; flaw: ReadComment['time'] } {
    const at = moment(time, options.zone)
    if (at === null) return { at: before ?? options.now, flaw: 'impossible' }
    if (at > options.now) return { at: options.now, flaw: 'future' }
    before = at
    return { at, flaw: null }
  }

  return (source) => {
    const { at, flaw } = timeOf(source.createdAt)
    const place = placeOf(source.page.address)
    if (typeof place === 'string') return place
    if (!options.statuses.includes(source.status)) return 'not_chosen'
    const body = fittedBody(markdownBody(source))
    // What was deleted may have no words left, and answers.
    if (source.status !== 'deleted' && !isVisible(body.text)) return 'empty'
    const name = fittedName(source.author.name)
    const website = fittedWebsite(source.author.url)
    const email = fittedEmail(source.author.email)
    const edited = source.editedAt === null ? null : moment(source.editedAt, options.zone)
    return {
      place,
      time: flaw,
      mended: {
        names: name.isMended,
        bodies: body.isMended,
        websites: website.isMended,
        emails: options.emails && email.isMended,
      },
      comment: {
        key: place.key,
        author: {
          name: isVisible(name.text) ? name.text : options.anonymous,
          email: options.emails ? email.email : null,
          url: website.url,
          staffId: staffOf(options.staff, source),
        },
        body: body.text,
        createdAt: new Date(at).toISOString(),
        editedAt:
          edited !== null && edited >= at && edited <= options.now ? new Date(edited).toISOString() : null,
        status: source.status,
        decided: source.decided,
        likes: Number.isSafeInteger(source.likes) && source.likes > 0 ? source.likes : 0,
        pinned: source.pinned,
      },
    }
  }
}

function staffOf(staff: PlanOptions['staff'], { author }: SourceComment): string | null {
  const who = whoOf(author)
  return Object.hasOwn(staff, who) ? (staff[who] ?? null) : null
}
