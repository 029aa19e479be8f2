import { decisionLinkDays, openDecisionLink } from '../../access/decisionLink.ts'
import type { Ctx } from '../../access/identity.ts'
import { limitReads } from '../../access/readLimit.ts'
import { decideByLink } from '../../commands/decideByLink.ts'
import { linkedForm } from '../../contract/messageLinks.ts'
import { readText } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { rootOf } from '../../http/publicUrl.ts'
import { Refusal } from '../../http/refusal.ts'
import { decisionPage } from '../../pages/decisionPage.tsx'
import { notePage } from '../../pages/notePage.tsx'
import { type DeadLink, type LinkedComment, linkedComment } from '../../queries/linkedComment.ts'
import { inLanguage } from '../../queries/reasonText.ts'
import type { Moderator } from '../../store/staff.ts'
import type { StaffWords } from '../../words/staffWords.ts'
import { worldOf } from '../world.ts'
import { sendMessagePage, wordsFor } from './messagePages.ts'

/** `GET /m/:token`: a comment that a message told of. It decides nothing, so that whoever looks at links before people do does not. */
export async function getDecisionLink(c: Ctx): Promise<Response> {
  const found = await openedBy(c)
  return 'dead' in found ? sendDead(c, found) : sendComment(c, found)
}

/** `POST /m/:token`: decides it, or takes that back. The link is the proof: nobody else has it. */
export async function postDecisionLink(c: Ctx): Promise<Response> {
  const form = Object.fromEntries(new URLSearchParams(await readText(c.req.raw, 10_000)))
  const found = await openedBy(c)
  if ('dead' in found) return sendDead(c, found)
  try {
    await decideByLink(worldOf(c), found, { ...parse(linkedForm, form), receivedAt: c.get('receivedAt') })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const now = await openedBy(c)
    return 'dead' in now ? sendDead(c, now) : sendComment(c, now, error)
  }
  // So that to load the page anew decides nothing.
  return c.redirect(`./${c.req.param('token')}`, 303)
}

async function openedBy(c: Ctx) {
  await limitReads(c)
  const link = await openDecisionLink(c.env, c.req.param('token') ?? '')
  if (!link) throw new Refusal('not_found')
  return linkedComment(worldOf(c), link)
}

/** What each dead link is answered with. */
const statusOf: Record<DeadLink, number> = {
  expired: 410,
  removed: 403,
  gone: 410,
  notYours: 403,
  changed: 409,
}

function sendDead(c: Ctx, { dead, person }: { dead: DeadLink; person: Moderator | null }) {
  const words = wordsFor(c, person)
  const { message, say } = words
  const title = dead === 'expired' ? say(message.expired, { days: decisionLinkDays }) : message[dead]
  const link = dead === 'removed' ? undefined : { path: '/dashboard', text: message.dashboard }
  const html = notePage({ words, root: rootOf(c), title, ...(link && { link }) })
  return sendMessagePage(c, html, statusOf[dead])
}

function sendComment(c: Ctx, found: LinkedComment, refusal?: Refusal) {
  const { person, item, ownDecision, waits, reasons } = found
  const words = wordsFor(c, person)
  const html = decisionPage({
    ...{ words, root: rootOf(c), item, waits, name: person.name, timeZone: person.timeZone ?? 'UTC' },
    undoable: ownDecision,
    problem: refusal ? problemIn(words, found, refusal) : null,
    reasons: reasons.map(({ code, texts }) => ({
      code,
      text: inLanguage(texts, [words.tag]) ?? usualReason(words, code),
    })),
  })
  return sendMessagePage(c, html, refusal?.status)
}

const usualReason = ({ desk }: StaffWords, code: string) =>
  Object.hasOwn(desk.reasons, code) ? desk.reasons[code as keyof typeof desk.reasons] : desk.ownReason

function problemIn({ desk, say }: StaffWords, { item }: LinkedComment, { code }: Refusal): string {
  if (code !== 'conflict') return desk.errors.invalid
  return say(desk.lost.state, { status: desk.status[item.status] })
}
