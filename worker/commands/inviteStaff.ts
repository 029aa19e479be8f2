import type { Identity } from '../access/identity.ts'
import { maskedAddress } from '../contract/mailAddress.ts'
import type { NewPerson } from '../contract/staff.ts'
import { digest } from '../crypto.ts'
import { spoken } from '../http/language.ts'
import { Refusal } from '../http/refusal.ts'
import { invitationToken, letterToStaff } from '../notify/staffLetter.ts'
import type { SignInLink } from '../store/signInLinks.ts'
import * as staffChanges from '../store/staffChanges.ts'
import { about, newLink, placesOf, refusalOf, requireGiving, requireOwnLook } from './people.ts'
import { requireMail } from './requireMail.ts'
import type { World } from './world.ts'

/** A link to sign in by, once. */
export interface Invitation {
  id: string
  token: string
  expiresAt: number
}

/**
 * Gives somebody an account, and a link to sign in by. Where they have an address, another link is sent there.
 *
 * @throws Refusal `forbidden`, `unknown_site`, `name_taken`, or `account_removed` for who was removed meanwhile
 */
export async function inviteStaff(
  world: World,
  { asked, by }: { asked: NewPerson; by: Identity },
): Promise<Invitation> {
  const { db, now } = world
  const { name, role, sites, email } = asked
  if (email !== undefined) requireMail(world.env, 'email')
  await requireGiving(world, { sites, by })
  const id = crypto.randomUUID()
  await requireOwnLook(world, { id, name, sites })
  const { token, link } = await newLink(id, now)
  const events = placesOf(sites).map((siteId) => ({
    ...about({ id, name }, { by, now }),
    ...{ act: 'staff.invite' as const, siteId, role },
  }))
  const mailed = email === undefined ? null : await mailedTo(world, { id, email, by, link })
  const added = { account: { id, name, role, sites }, link, mailed, by: by.person?.id ?? null, now }
  if (!(await staffChanges.add(db, added, events)))
    throw await refusalOf(world, by, new Refusal('name_taken', { field: 'name' }))
  return { id, token, expiresAt: link.expiresAt }
}

/** The invitation that is sent to an address, with a link of its own: who follows that one reads what is sent there. */
async function mailedTo(
  { env, now, languages = [] }: World,
  { id, email, by, link }: { id: string; email: string; by: Identity; link: SignInLink },
): Promise<staffChanges.MailedInvitation> {
  const invitation = crypto.randomUUID()
  const locale = spoken([by.locale, ...languages])
  const details = { invitation, locale, ...(by.person && { by: by.person.id }) }
  const to = { id, shown: maskedAddress(email) }
  return {
    address: email,
    link: { ...link, tokenHash: await digest(await invitationToken(env, invitation)), sentTo: email },
    letter: letterToStaff('staff.invite', { subject: `invitation ${invitation}`, to, details, now }),
  }
}
