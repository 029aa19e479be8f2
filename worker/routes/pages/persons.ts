import * as v from 'valibot'
import type { Ctx } from '../../access/identity.ts'
import { limitNetworks } from '../../access/limits.ts'
import { openPersonToken, type PersonLink, personToken, proofMinutes } from '../../access/personLink.ts'
import { limitReads } from '../../access/readLimit.ts'
import { askPerson } from '../../commands/askPerson.ts'
import { eraseOwn } from '../../commands/eraseOwn.ts'
import { randomToken } from '../../crypto.ts'
import { readText } from '../../http/body.ts'
import { preferred } from '../../http/language.ts'
import { rootOf } from '../../http/publicUrl.ts'
import { Refusal } from '../../http/refusal.ts'
import { enqueueErasure } from '../../jobs/enqueue.ts'
import { addressHash } from '../../mail/addressHash.ts'
import { canMail } from '../../mail/mailer.ts'
import { askingPage, keptPage, readyPage } from '../../pages/personPage.tsx'
import { type OwnPerson, ownPerson } from '../../queries/ownPerson.ts'
import { everyDatabase, mainDatabase } from '../../store/database.ts'
import { traceOf, useLink } from '../../store/personTraces.ts'
import { worldOf } from '../world.ts'
import { sendMessagePage } from './messagePages.ts'
import { sendOwnFile } from './ownFile.ts'

const langOf = (c: Ctx) => preferred(c.req.header('accept-language')) ?? 'en'
const shownTo = (c: Ctx) => ({ root: rootOf(c), lang: langOf(c) })

/** `GET /p`: where somebody asks what is kept of their e-mail address. */
export async function getAsking(c: Ctx): Promise<Response> {
  await limitReads(c)
  return sendMessagePage(c, askingPage({ ...shownTo(c), sends: canMail(c.env), state: 'asks' }))
}

/** `POST /p`: has a link mailed there, where something is kept. The answer is the same, and as quick, where nothing is. */
export async function postAsking(c: Ctx): Promise<Response> {
  await limitReads(c)
  await limitNetworks(c, { id: '' }, 'subscribe')
  const typed = new URLSearchParams(await readText(c.req.raw)).get('email') ?? ''
  const sends = canMail(c.env)
  const world = worldOf(c)
  if (sends && typed.length <= 254)
    world.defer(
      askPerson(world, { typed, locale: langOf(c) }).catch((error) => {
        console.error('a person could not be asked for', { error: String(error) })
      }),
    )
  return sendMessagePage(c, askingPage({ ...shownTo(c), sends, state: sends ? 'sent' : 'asks' }))
}

/** `GET /p/:token`: asks whether the link is to be used, and uses nothing up. */
export async function getProof(c: Ctx): Promise<Response> {
  await limitReads(c)
  const link = await linkOf(c, 'person proof', c.req.param('token') ?? '')
  return link ? sendMessagePage(c, readyPage(shownTo(c))) : sendOver(c)
}

const form = v.variant('act', [
  v.object({ act: v.literal('open') }),
  v.object({ act: v.picklist(['readable', 'json']), session: v.string() }),
  v.object({ act: v.literal('erase'), session: v.string(), sure: v.literal('yes') }),
])

/** `POST /p/:token`: uses the link up and shows what is kept; hands it over; erases it. */
export async function postProof(c: Ctx): Promise<Response> {
  await limitReads(c)
  const asked = v.safeParse(form, Object.fromEntries(new URLSearchParams(await readText(c.req.raw))))
  if (!asked.success) throw new Refusal('invalid', { field: 'act' })
  const { output } = asked
  if (output.act === 'open') return open(c)
  const link = await linkOf(c, 'person', output.session)
  const person = link && (await ownPerson(worldOf(c), link))
  if (!link || !person) return sendOver(c)
  if (output.act !== 'erase') return sendOwnFile(c, person, { form: output.act, lang: langOf(c) })
  for (const job of await eraseOwn(worldOf(c), person)) await enqueueErasure(c.env, job)
  return show(c, { person, session: output.session, isErasing: true })
}

async function open(c: Ctx): Promise<Response> {
  const link = await linkOf(c, 'person proof', c.req.param('token') ?? '')
  if (!link) return sendOver(c)
  const id = `person ${link.once}`
  if (!(await useLink(mainDatabase(c.env), { id, expiresAt: link.expiresAt }, Date.now()))) return sendOver(c)
  const person = await ownPerson(worldOf(c), link)
  if (!person) return sendOver(c)
  const expiresAt = Date.now() + proofMinutes * 60_000
  const session = await personToken(c.env, 'person', { ...link, once: randomToken().slice(0, 22), expiresAt })
  return show(c, { person, session, isErasing: false })
}

const linkOf = (c: Ctx, purpose: 'person proof' | 'person', token: string): Promise<PersonLink | null> =>
  openPersonToken(c.env, purpose, { token, now: Date.now() })

const sendOver = (c: Ctx): Response =>
  sendMessagePage(c, askingPage({ ...shownTo(c), sends: canMail(c.env), state: 'over' }), 410)

interface Showing {
  person: OwnPerson
  session: string
  isErasing: boolean
}

async function show(c: Ctx, { person, session, isErasing }: Showing): Promise<Response> {
  const { address, authors, mixed, more } = person
  const hashes = [await addressHash(c.env, address)]
  const traces = await Promise.all(everyDatabase(c.env).map((db) => traceOf(db, { addresses: [], hashes })))
  const { lang, root } = shownTo(c)
  return sendMessagePage(
    c,
    keptPage({
      ...{ root, lang, session, address, mixed, more, isErasing },
      places: authors.map(({ siteName, comments, more: hasMore }) => ({
        name: siteName,
        comments: `${comments.toLocaleString(lang)}${hasMore ? '+' : ''}`,
      })),
      told: traces.some((trace) => trace !== null),
    }),
  )
}
