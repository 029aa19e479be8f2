import { type Status, statuses } from '../../contract/status.ts'
import type { PageRule } from './pageRules.ts'

/** What whoever imports a file chooses. */
export interface PlanOptions {
  /** Where the comments go: the site's id, and where its pages live. */
  site: { id: string; origins: string[] }
  /** The time zone of times that name none, by its IANA name. */
  zone: string
  /** What stands before the paths of a service that writes no address, without a slash at the end; or nothing. */
  origin: string
  /** Pingbacks and trackbacks are brought, too. */
  pings: boolean
  /** E-mail addresses are kept. Without it, none leaves the machine that reads the file. */
  emails: boolean
  /** The states that are brought; what has another is left out and counted. */
  statuses: readonly Status[]
  /** Where pages went. */
  pages: readonly PageRule[]
  /** Who is staff here: an account's id by the `who` of an author of the survey. */
  staff: Readonly<Record<string, string>>
  /** What stands for the name of who gave none. */
  anonymous: string
  /** When the file is read, in milliseconds since the epoch: no comment is from later. */
  now: number
}

/** All that a file has, without e-mails and pingbacks; times without a zone are in UTC. */
export const usualOptions = (site: PlanOptions['site'], now: number): PlanOptions => ({
  ...{ site, now, zone: 'UTC', origin: '', pings: false, emails: false },
  ...{ statuses, pages: [], staff: {}, anonymous: 'Anonymous' },
})
