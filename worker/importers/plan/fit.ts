import * as v from 'valibot'
import { tamedName } from '../../contract/authorName.ts'
import { longestImported } from '../../contract/imports.ts'
import { webAddress, website } from '../../contract/input.ts'
import { limits } from '../../contract/limits.ts'
import { plainTitle } from '../../contract/pageTitle.ts'

/** A text as it may stand here, and whether something of it had to go. */
export interface Fitted {
  text: string
  isMended: boolean
}

/** At most so many code points; what is cut ends with an ellipsis. */
function shortened(text: string, limit: number, end = '…'): Fitted {
  if (text.length <= limit) return { text, isMended: false }
  // Surrogates are two units a code point at most.
  const points = [...text.slice(0, limit * 2 + 2)]
  if (points.length <= limit) return { text, isMended: false }
  return {
    text:
      points
        .slice(0, limit - end.length)
        .join('')
        .trimEnd() + end,
    isMended: true,
  }
}

/** One line: control characters become spaces. */
const oneLine = (text: string) =>
  text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()

/** A name without what this place refuses in names. */
export function fittedName(name: string): Fitted {
  const given = oneLine(name)
  const tamed = tamedName(given)
  const { text, isMended } = shortened(tamed, limits.name)
  return { text, isMended: isMended || tamed !== given }
}

export const fittedTitle = (title: string): Fitted =>
  shortened(plainTitle(oneLine(title.slice(0, 20 * limits.title))), limits.title)

/** A body, whose end says so where it is cut. */
export const fittedBody = (body: string): Fitted =>
  shortened(body.replace(/\p{Surrogate}/gu, '\ufffd'), longestImported, '\n\n[…]')

const typedWebsite = website(webAddress)

/** An author's website, or null: none was given, or it is no address of the web. */
export function fittedWebsite(url: string | null): { url: string | null; isMended: boolean } {
  const given = oneLine(url ?? '')
  // What forms were filled with before anybody typed.
  if (/^(https?:\/*)?$/i.test(given)) return { url: null, isMended: false }
  const parsed = v.safeParse(typedWebsite, given)
  return { url: parsed.success ? parsed.output : null, isMended: !parsed.success }
}

/** A page's address, or nothing where it is none. */
export function fittedAddress(url: string): string {
  const parsed = v.safeParse(webAddress, url)
  return parsed.success ? parsed.output : ''
}

/** An author's e-mail address, or null. */
export function fittedEmail(email: string | null): { email: string | null; isMended: boolean } {
  const given = oneLine(email ?? '')
  if (!given) return { email: null, isMended: false }
  const fits = [...given].length <= limits.email && /^[^\s@]+@[^\s@]+$/.test(given)
  return { email: fits ? given : null, isMended: !fits }
}
