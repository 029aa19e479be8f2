import { may, scopeOf } from '../access/permissions.ts'
import type { Site } from '../contract/site.ts'
import { type GivenVoice, type TakenVoice, voiceMs } from '../contract/voices.ts'
import { digest, randomToken } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import { iso, mainDatabase } from '../store/database.ts'
import type { Moderator } from '../store/staff.ts'
import * as voices from '../store/voices.ts'
import { staffBadge } from './staffBadge.ts'
import type { World } from './world.ts'

/** Makes a code that a page of a site takes once, to write for whose session it is. */
export async function giveVoice(
  { env, now }: World,
  { siteId, sessionId }: { siteId: string; sessionId: string },
): Promise<GivenVoice> {
  const code = randomToken()
  const expiresAt = now + voiceMs.code
  const voice = { codeHash: await digest(code), sessionId, siteId, expiresAt }
  await voices.give(mainDatabase(env), voice)
  return { code, expiresAt: iso(expiresAt) }
}

/** Gives a page of a site a token for a code. @throws Refusal `unauthorized` */
export async function takeVoice({ env, now }: World, site: Site, code: string): Promise<TakenVoice> {
  const main = mainDatabase(env)
  const secret = { hash: await digest(code), siteId: site.id, now }
  const of = await voices.speaker(main, secret, false)
  const token = randomToken('hkv_')
  const expiresAt = now + voiceMs.token
  if (!of || !maySpeak(of, site)) throw new Refusal('unauthorized', { message: overMessage })
  if (!(await voices.take(main, secret, { hash: await digest(token), expiresAt, of })))
    throw new Refusal('unauthorized', { message: overMessage })
  return { token, name: of.name, badge: staffBadge(site), expiresAt: iso(expiresAt) }
}

/** Who of the staff speaks by a token on a site. @throws Refusal `unauthorized` */
export async function speakerOf({ env, now }: World, site: Site, token: string | null): Promise<Moderator> {
  const secret = token?.startsWith('hkv_') && { hash: await digest(token), siteId: site.id, now }
  const of = secret ? await voices.speaker(mainDatabase(env), secret, true) : null
  if (!of || !maySpeak(of, site)) throw new Refusal('unauthorized', { message: overMessage })
  return of
}

/** Ends a token; one that is over already is let be. */
export async function endVoice(world: World, site: Site, token: string): Promise<void> {
  const of = await speakerOf(world, site, token).catch(() => null)
  if (of)
    await voices.end(
      mainDatabase(world.env),
      { hash: await digest(token), siteId: site.id, now: world.now },
      of,
    )
}

const maySpeak = ({ role, sites }: Moderator, site: Site) =>
  may({ scope: scopeOf[role], sites }, 'comments.answer', site.id)

const overMessage =
  'You no longer write as staff here. Open the page from the dashboard again, by “Write as staff”.'
