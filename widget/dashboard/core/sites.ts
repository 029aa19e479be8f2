import type { Session } from '../../../worker/contract/session.ts'

/** The sites that menus offer: archived ones are in none, but for the one that is looked at. */
export const sitesInMenus = (session: Session | null, current = ''): Session['sites'] =>
  (session?.sites ?? []).filter(({ id, archived }) => !archived || id === current)
