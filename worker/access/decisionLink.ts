import type { Env } from '../env.ts'
import type { Moderator } from '../store/staff.ts'
import { may, scopeOf } from './permissions.ts'
import { openLink, signLink } from './signedLink.ts'

/** Days that a link in a message to staff holds. */
export const decisionLinkDays = 7

/** What a link lets somebody decide: one revision of one comment, until then. */
export interface DecisionLink {
  staffId: string
  commentId: string
  revision: number
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** Whether a member of staff decides on a site, so that they may get links by which they do. */
export const decidesOn = ({ role, sites }: Pick<Moderator, 'role' | 'sites'>, siteId: string): boolean =>
  may({ scope: scopeOf[role], sites }, 'comments.decide', siteId)

/** The path of a page where somebody can decide a comment without signing in. */
export async function decisionPath(
  env: Pick<Env, 'TOKEN_SECRET'>,
  { staffId, commentId, revision, expiresAt }: DecisionLink,
): Promise<string> {
  const parts = [staffId, commentId, revision.toString(36)]
  return `/m/${await signLink(env, 'decide', { parts, expiresAt })}`
}

/** What a link of ours says; null where it is not ours. Whether it has ended is for the caller to say. */
export async function openDecisionLink(
  env: Pick<Env, 'TOKEN_SECRET'>,
  token: string,
): Promise<DecisionLink | null> {
  const link = await openLink(env, 'decide', token)
  if (!link) return null
  const [staffId = '', commentId = '', revision = ''] = link.parts
  return { staffId, commentId, revision: Number.parseInt(revision, 36), expiresAt: link.expiresAt }
}
