import type { Ctx } from '../../access/identity.ts'
import { limitReads } from '../../access/readLimit.ts'
import { openLink } from '../../access/signedLink.ts'
import { type AskedAddress, askedAddress, confirmAddress } from '../../commands/confirmAddress.ts'
import { rootOf } from '../../http/publicUrl.ts'
import { Refusal } from '../../http/refusal.ts'
import { notePage } from '../../pages/notePage.tsx'
import { worldOf } from '../world.ts'
import { sendMessagePage, wordsFor } from './messagePages.ts'

const account = '/dashboard?page=account'

/** `GET /m/address/:token`: asks whether an address of a member of staff is theirs. It confirms nothing. */
export async function getAddressLink(c: Ctx): Promise<Response> {
  const asked = await askedBy(c)
  if (!asked) return sendOver(c)
  const { person, address } = asked
  const words = wordsFor(c, person)
  const { message, say } = words
  const text = say(message.confirmAsk, { name: person.name, address })
  const page = { words, root: rootOf(c), title: message.confirm, text, button: message.confirmYes }
  return sendMessagePage(c, notePage(page))
}

/** `POST /m/address/:token`: confirms it. */
export async function postAddressLink(c: Ctx): Promise<Response> {
  const asked = await askedBy(c)
  if (!asked || !(await confirmAddress(worldOf(c), asked))) return sendOver(c)
  const words = wordsFor(c, asked.person)
  const link = { path: account, text: words.message.account }
  return sendMessagePage(c, notePage({ words, root: rootOf(c), title: words.message.confirmed, link }))
}

async function askedBy(c: Ctx): Promise<AskedAddress | null> {
  await limitReads(c)
  const link = await openLink(c.env, 'staff address', c.req.param('token') ?? '')
  if (!link) throw new Refusal('not_found')
  return askedAddress(worldOf(c), link)
}

function sendOver(c: Ctx): Response {
  const words = wordsFor(c, null)
  const link = { path: account, text: words.message.account }
  return sendMessagePage(c, notePage({ words, root: rootOf(c), title: words.message.confirmOver, link }), 410)
}
