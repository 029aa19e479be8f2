import * as v from 'valibot'
import { requireInstance } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { amount, count, line, timeZone, visible } from '../../contract/input.ts'
import { registrable } from '../../contract/origin.ts'
import type { Page } from '../../contract/page.ts'
import { policies, type Site } from '../../contract/site.ts'
import { proofs, type SiteSettings } from '../../contract/siteSettings.ts'
import { publish } from '../../events/publish.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { everySite } from '../../queries/everySite.ts'
import * as sites from '../../store/sites.ts'
import * as turnstile from '../../store/turnstile.ts'
import { worldOf } from '../world.ts'

const origin = v.pipe(
  line(300),
  v.check((text) => registrable(text) !== null, 'invalid'),
  v.transform((text) => registrable(text) as string),
)

/** The settings of a site, or some of them. */
export const settings = v.partial(
  v.object({
    bodyLimit: count(1, 65_000),
    editMinutes: count(0, 525_600),
    trustedAfter: count(1, 1000),
    maxLinks: count(0, 100),
    automaticApproval: v.boolean(),
    automaticSpam: v.boolean(),
    errorRate: amount(0.001, 0.1),
    auditShare: amount(0, 1),
    holdFirst: count(0, 100),
    holdDays: count(0, 365),
    holdLinks: v.boolean(),
    holdNewDomains: v.boolean(),
    holdNight: v.nullable(
      v.pipe(
        v.object({ from: count(0, 23), to: count(0, 23), timeZone }),
        v.check(({ from, to }) => from !== to, 'invalid'),
      ),
    ),
    flagThreshold: count(1, 20),
    proof: v.picklist(proofs),
    turnstileSiteKey: v.pipe(line(100), v.regex(/^[\w-]*$/, 'invalid')),
  }),
)

const fields = {
  name: v.pipe(line(100), visible),
  origins: v.pipe(v.array(origin), v.minLength(1, 'missing'), v.maxLength(50, 'too_long 50')),
  locale: v.pipe(
    line(35),
    v.check((tag) => {
      try {
        return Intl.getCanonicalLocales(tag).length === 1
      } catch {
        return false
      }
    }, 'invalid'),
  ),
  policy: v.picklist(policies),
  settings,
}

const id = v.pipe(line(64), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'invalid'))
export const newSite = v.object({
  id,
  name: fields.name,
  origins: fields.origins,
  locale: v.optional(fields.locale, 'en'),
  policy: v.optional(fields.policy, 'premoderate'),
  settings: v.optional(fields.settings, {}),
})
export const siteChange = v.partial(v.object(fields))

/** `GET /v1/sites` */
export async function getSites(c: Ctx): Promise<Response> {
  const items = await everySite(worldOf(c), sitesOf(c.get('moderator')))
  return c.json({ items, next: null } satisfies Page<Site>)
}

/** `POST /v1/sites` */
export async function postSite(c: Ctx): Promise<Response> {
  requireInstance(c, 'sites.add')
  const site = parse(newSite, await readJson(c.req.raw))
  const by = { actor: c.get('moderator'), at: Date.now() }
  await requireTurnstile(c, site.id, site.settings)
  const world = worldOf(c, site.id)
  const event = await sites.add(world.db, site, by)
  if (!event) throw new Refusal('id_taken', { field: 'id', message: 'A site with this id exists already.' })
  publish(world, [event])
  return c.json(await sites.find(world.db, site.id), 201)
}

/** `PATCH /v1/sites/:id` */
export async function patchSite(c: Ctx): Promise<Response> {
  const siteId = c.req.param('id') ?? ''
  const world = worldOf(c, siteId)
  const site = await sites.find(world.db, siteId)
  if (!site) throw new Refusal('unknown_site')
  const { settings, ...changed } = parse(siteChange, await readJson(c.req.raw))
  const by = { actor: c.get('moderator'), at: Date.now() }
  const after = { ...site, ...changed, settings: { ...site.settings, ...settings } }
  await requireTurnstile(c, site.id, after.settings)
  publish(world, [await sites.update(world.db, after, by)])
  return c.json(await sites.find(world.db, site.id))
}

/** Refuses settings that ask for Turnstile where it could not be asked: nobody could post. */
async function requireTurnstile(c: Ctx, siteId: string, settings: Partial<SiteSettings>): Promise<void> {
  if (settings.proof !== 'turnstile') return
  if (!settings.turnstileSiteKey)
    throw new Refusal('missing', {
      field: 'settings.turnstileSiteKey',
      message: 'Turnstile needs the site key that it gave to this site.',
    })
  if (!(await turnstile.find(worldOf(c, siteId).db, siteId)))
    throw new Refusal('missing', {
      field: 'settings.proof',
      message: 'Turnstile needs its secret first: PUT it to /v1/sites/:site/turnstile.',
    })
}
