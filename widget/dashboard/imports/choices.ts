import { type Status, statuses } from '../../../worker/contract/status.ts'
import type { PlanOptions } from '../../../worker/importers/plan/options.ts'
import type { PageRule } from '../../../worker/importers/plan/pageRules.ts'
import { words } from '../core/words.ts'
import { chosenZone, ownZone } from '../core/zone.ts'

/** What whoever imports a file chooses about it. */
export interface Choices {
  /** IANA name. */
  zone: string
  origin: string
  pings: boolean
  emails: boolean
  statuses: Status[]
  pages: PageRule[]
  /** Ids of accounts here, by who somebody was there. */
  staff: Record<string, string>
}

/** What is chosen before anybody chooses: times without a zone are taken for those of whoever sits here. */
export const usualChoices = (): Choices => ({
  ...{ zone: chosenZone.peek() ?? ownZone(), origin: '', pings: false, emails: false },
  ...{ statuses: [...statuses], pages: [], staff: {} },
})

/** The same as a plan takes them: rules that say nothing are left out. */
export const optionsOf = (choices: Choices, site: PlanOptions['site'], now: number): PlanOptions => ({
  ...choices,
  ...{ site, now, origin: choices.origin.replace(/\/+$/, '') },
  anonymous: words('imports').anonymous,
  pages: choices.pages.filter(({ from }) => from.trim() !== ''),
  staff: Object.fromEntries(Object.entries(choices.staff).filter(([, id]) => id !== '')),
})

/** Where the choices about a file are kept, so that whoever chooses it again goes on as before. */
const placeOf = (site: string, { name, size }: File) => `hankyo.import ${site} ${size} ${name}`

/** The choices about a file that was begun here before; the usual ones for any other. */
export function keptChoices(site: string, file: File): Choices {
  const usual = usualChoices()
  try {
    const kept: Partial<Choices> = JSON.parse(localStorage.getItem(placeOf(site, file)) ?? '{}')
    return { ...usual, ...kept }
  } catch {
    return usual
  }
}

/** Keeps the choices about a file, or forgets them. Where storage is refused, they last as long as the page. */
export function keepChoices(site: string, file: File, choices: Choices | null): void {
  try {
    if (choices) localStorage.setItem(placeOf(site, file), JSON.stringify(choices))
    else localStorage.removeItem(placeOf(site, file))
  } catch {}
}
