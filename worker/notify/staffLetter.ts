import { languageOf } from '../../widget/common/i18n.ts'
import { signLink } from '../access/signedLink.ts'
import { linkOver } from '../contract/deliveries.ts'
import { digest, fingerprint, hmac } from '../crypto.ts'
import type { Env } from '../env.ts'
import { type FactsOf, type LetterName, letterOf } from '../letters/letters.ts'
import { instanceAddress } from '../mail/instanceAddress.ts'
import { sendMail } from '../mail/mailer.ts'
import { Refused } from '../outside/exchange.ts'
import { databaseOf, mainDatabase } from '../store/database.ts'
import type { Delivery, NewDelivery } from '../store/delivery.ts'
import * as signInLinks from '../store/signInLinks.ts'
import * as sites from '../store/sites.ts'
import * as staff from '../store/staff.ts'
import * as staffMail from '../store/staffMail.ts'
import type { Destination } from './destination.ts'

const kind = 'staff_letter'

const day = 86_400_000

/** Days that a link to confirm an address holds. */
const confirmDays = 2

/** A letter to somebody of staff about their account, as it goes into the outbox. It belongs to no site. */
export const letterToStaff = (
  act: 'staff.address' | 'staff.invite',
  { now, ...more }: Pick<NewDelivery, 'subject' | 'to' | 'details'> & { now: number },
): NewDelivery => ({ destination: kind, siteId: '', at: now, notBefore: now, act, ...more })

/** The token of a sign-in link that is mailed: made anew from the id of the invitation, since the outbox keeps no secrets. */
export const invitationToken = (
  { TOKEN_SECRET }: Pick<Env, 'TOKEN_SECRET'>,
  invitation: string,
): Promise<string> => hmac(TOKEN_SECRET, `staff invitation ${invitation}`)

/** Writes to somebody about their own account: that they are invited, or whether an address is theirs. */
export const staffLetter: Destination = {
  kind,

  async deliver({ env }, delivery) {
    const id = delivery.to?.id ?? ''
    const db = mainDatabase(env)
    const [person, mail] = await Promise.all([
      staff.find(db, { column: 'id', value: id }),
      staffMail.find(db, id),
    ])
    if (!person || !mail?.asked) return
    const about = { env, delivery, address: await instanceAddress(env), asked: mail.asked }
    const letter = delivery.act === 'staff.invite' ? await invitationOf(about) : await questionOf(about)
    if (!letter) return
    // Who has chosen none yet is written to in the language of who asked.
    const locale = person.locale ?? languageOf(String(delivery.details.locale ?? 'en')).language
    const name = await workplaceOf(env, person)
    const text = letterOf<LetterName>(
      letter.name,
      letter.facts,
      { locale, timeZone: mail.timeZone },
      { name },
    )
    const mailed = { id: `staff.${id}.${delivery.id}`, to: mail.asked, fromName: name, locale, ...text }
    const asksAgain = mail.asked === mail.address
    return { answer: await sendMail(env, { ...mailed, asks: true, asksAgain, staff: true }) }
  },
}

/** What somebody moderates is called: by its name where that is one site. */
async function workplaceOf(env: Env, { sites: theirs }: staff.Moderator): Promise<string> {
  const [only, ...others] = theirs === '*' ? [] : theirs
  const site =
    only !== undefined && others.length === 0 ? await sites.find(databaseOf(env, only), only) : null
  return site?.name ?? 'Hankyo'
}

interface About {
  env: Env
  delivery: Delivery
  /** Where this instance is. */
  address: string
  /** Where the letter goes. */
  asked: string
}

type Letter = { [Name in LetterName]: { name: Name; facts: FactsOf<Name> } }[LetterName]

/** Asks whether an address is theirs. @throws Refused where its link has ended */
async function questionOf({ env, delivery, address, asked }: About): Promise<Letter> {
  const expiresAt = delivery.at + confirmDays * day
  if (expiresAt <= Date.now()) throw new Refused(linkOver)
  const parts = [delivery.to?.id ?? '', await fingerprint(asked)]
  const confirmUrl = `${address}/m/address/${await signLink(env, 'staff address', { parts, expiresAt })}`
  return { name: 'staffAddress', facts: { confirmUrl, until: new Date(expiresAt).toISOString() } }
}

/**
 * Gives them their first link to sign in by; null where they have signed in, by it or by another.
 *
 * @throws Refused where it was replaced, or has ended
 */
async function invitationOf({ env, delivery, address }: About): Promise<Letter | null> {
  const { details, to } = delivery
  const db = mainDatabase(env)
  const token = await invitationToken(env, String(details.invitation))
  const tokenHash = await digest(token)
  const [{ expiresAt, cameBefore }, inviter] = await Promise.all([
    signInLinks.invitationOf(db, { tokenHash, staffId: to?.id ?? '' }),
    typeof details.by === 'string' ? staff.find(db, { column: 'id', value: details.by }) : null,
  ])
  if (cameBefore) return null
  if (expiresAt === null || expiresAt <= Date.now()) throw new Refused(linkOver)
  const signInUrl = `${address}/dashboard#sign-in=${token}`
  return {
    name: 'staffInvitation',
    facts: { inviter: inviter?.name ?? null, signInUrl, until: new Date(expiresAt).toISOString() },
  }
}
