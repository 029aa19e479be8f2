import type { Message } from '../../widget/common/i18n.ts'
import type { Language } from '../contract/languages.ts'
import { htmlPart } from './html.tsx'
import { commentApproved } from './kinds/commentApproved.ts'
import { commentRefused } from './kinds/commentRefused.ts'
import { confirmSubscription } from './kinds/confirmSubscription.ts'
import { mailTest } from './kinds/mailTest.ts'
import { newReplies } from './kinds/newReplies.ts'
import { personProof } from './kinds/personProof.ts'
import { staffAddress } from './kinds/staffAddress.ts'
import { staffDigest } from './kinds/staffDigest.ts'
import { staffInvitation } from './kinds/staffInvitation.ts'
import { threadAnswers } from './kinds/threadAnswers.ts'
import type { Addressee, LetterKind, LetterSite } from './letter.ts'
import { plainLine, textPart } from './text.ts'
import { lineOf, type Values, wordsIn } from './words.ts'

/** Every letter that is sent, by what it is for. */
export const letters = {
  confirmSubscription,
  commentApproved,
  commentRefused,
  newReplies,
  threadAnswers,
  staffDigest,
  staffInvitation,
  staffAddress,
  personProof,
  mailTest,
}

/** What a letter is for. */
export type LetterName = keyof typeof letters
export const letterNames = Object.keys(letters) as LetterName[]

/** What a kind of letter tells. */
export type FactsOf<Name extends LetterName> =
  (typeof letters)[Name] extends LetterKind<infer Facts> ? Facts : never

/** How many parts of a list a letter has at most: the first number with which it weighs little enough. */
const rooms = [12, 6, 3, 1]

/** Bytes of HTML, at most: Gmail shows 102 kB of a mail, and base64 makes a third more of it. */
const heaviest = 70_000

const bytesOf = (text: string) => new TextEncoder().encode(text).length

const momentStyle = {
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const

/**
 * What a letter says. Pure.
 *
 * @param facts what it tells: texts of people as they wrote them, absolute URLs, times in ISO 8601
 * @param site whose name stands on top
 * @returns a subject of one line, and the same words twice: as plain text and as HTML
 */
export function letterOf<Name extends LetterName>(
  name: Name,
  facts: FactsOf<Name>,
  { locale, timeZone = 'UTC' }: Addressee,
  site: LetterSite,
): { subject: string; text: string; html: string } {
  const { write } = letters[name] as unknown as LetterKind<FactsOf<Name>>
  const words = wordsIn[locale]
  const desk = {
    words,
    say: (message: Message, values?: Values) => lineOf(message, words.tag, { ...values, site: site.name }),
    moment: (iso: string) =>
      new Intl.DateTimeFormat(locale, { ...momentStyle, timeZone }).format(new Date(iso)),
  }
  let rendered = { subject: '', text: '', html: '' }
  for (const most of rooms) {
    const draft = write(facts, { ...desk, most })
    const subject = plainLine(draft.subject, words)
    rendered = { subject, text: textPart(draft, site, words), html: htmlPart(draft, subject, site, words) }
    if (bytesOf(rendered.html) <= heaviest) break
  }
  return rendered
}

/** What a letter says with facts that are made up, in the language of their addressee. */
export const sampleLetter = (name: LetterName, locale: Language, site: LetterSite) =>
  letterOf(name, letters[name].sample(wordsIn[locale]) as FactsOf<typeof name>, { locale }, site)
