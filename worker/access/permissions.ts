import type { Role } from '../contract/roles.ts'
import { type Scope, scopes } from '../contract/tokens.ts'

/** Every act of staff, with the least scope that it takes. */
const acts = {
  'queue.read': 'read',
  'auditLog.read': 'read',
  'stats.read': 'read',
  'bans.read': 'read',
  'sites.read': 'read',
  'wordLists.read': 'read',
  'phrases.read': 'read',
  'letters.read': 'read',
  'policy.preview': 'read',
  'comments.decide': 'moderate',
  'comments.answer': 'moderate',
  'comments.edit': 'moderate',
  'comments.pin': 'moderate',
  'notes.change': 'moderate',
  'reporters.mute': 'moderate',
  'savedAnswers.change': 'moderate',
  'threads.change': 'moderate',
  'bans.change': 'moderate',
  'sites.add': 'own',
  'sites.change': 'own',
  'sites.remove': 'own',
  'wordLists.change': 'own',
  'reasons.change': 'own',
  'screeners.read': 'own',
  'screeners.change': 'own',
  'turnstile.change': 'own',
  'endpoints.read': 'own',
  'endpoints.change': 'own',
  'deliveries.read': 'own',
  'deliveries.retry': 'own',
  'authors.trust': 'moderate',
  'authors.badge': 'own',
  'authors.export': 'own',
  'authors.erase': 'own',
  'decisions.export': 'own',
  'imports.read': 'own',
  'imports.change': 'own',
  'sites.export': 'own',
  'staff.read': 'own',
  'staff.change': 'own',
  'account.change': 'read',
  'views.change': 'read',
  'sessions.read': 'read',
  'sessions.end': 'read',
  'tokens.read': 'own',
  'tokens.change': 'own',
} as const satisfies Record<string, Scope>

export type Act = keyof typeof acts

/** What somebody may do, and on which sites. */
export interface Powers {
  scope: Scope
  sites: '*' | readonly string[]
}

/** What each role may do. */
export const scopeOf: Record<Role, Scope> = { moderator: 'moderate', owner: 'own' }

/** The least scope that an act takes. */
export const scopeFor = (act: Act): Scope => acts[act]

/**
 * Whether somebody may do something on a site.
 *
 * @param siteId null for what belongs to the instance as a whole, which is theirs whose are all sites
 */
export function may({ scope, sites }: Powers, act: Act, siteId: string | null): boolean {
  if (scopes.indexOf(scope) < scopes.indexOf(acts[act])) return false
  return sites === '*' || (siteId !== null && sites.includes(siteId))
}

/** Whether somebody may do something on any site. */
export const mayAnywhere = ({ scope }: Powers, act: Act) => may({ scope, sites: '*' }, act, null)

/**
 * The sites that a list is of: theirs, and where one is asked for that one, if it is theirs.
 *
 * @returns ids, or null for all sites
 */
export function sitesOf({ sites }: Powers, asked: string | null = null): string[] | null {
  if (asked === null) return sites === '*' ? null : [...sites]
  return sites === '*' || sites.includes(asked) ? [asked] : []
}

/** Whether all that somebody else may do is on sites of one's own: who else may change them? */
export const includes = ({ sites }: Pick<Powers, 'sites'>, theirs: Powers['sites']) =>
  sites === '*' || (theirs !== '*' && theirs.length > 0 && theirs.every((id) => sites.includes(id)))

/** Whether somebody has an account for any of one's own sites. */
export const meets = ({ sites }: Powers, theirs: Powers['sites']) =>
  sites === '*' || theirs === '*' || theirs.some((id) => sites.includes(id))
