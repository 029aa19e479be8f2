import { readFile } from 'node:fs/promises'
import { type Status, statuses } from '../contract/status.ts'
import { type PlanOptions, usualOptions } from '../importers/plan/options.ts'
import { type PageRule, readPageRules } from '../importers/plan/pageRules.ts'
import type { Plan } from '../importers/plan/plan.ts'
import type { Operator } from './operator.ts'
import { originOf } from './siteFields.ts'
import { Refusal, sentence } from './terminal.ts'

/** What the command line says of an import. */
export interface Choices {
  site?: string | undefined
  'dry-run'?: boolean | undefined
  yes?: boolean | undefined
  map?: string | undefined
  zone?: string | undefined
  /** The first is what stands before paths. */
  origin?: string[] | undefined
  pings?: boolean | undefined
  emails?: boolean | undefined
  /** States that come, with commas between them. */
  states?: string | undefined
  /** `OLD=NAME`: who of the old staff is who here. */
  staff?: string[] | undefined
  /** Whether the answer is JSON. */
  json?: boolean | undefined
}

/** What a command line chooses, checked. @throws Refusal */
export async function optionsOf(instance: Operator, path: string, choices: Choices): Promise<PlanOptions> {
  const { items } = await instance.sites()
  const site = items.find(({ id }) => id === choices.site)
  if (!site) {
    const known = items.map(({ id }) => id).join(', ')
    const which = known ? `one of: ${known}` : 'one that site add makes'
    throw new Refusal(
      choices.site
        ? `There is no site "${choices.site}". Say ${which}.`
        : `${path} is no export of Hankyo. To bring the comments of another system, say to which site with --site, ${which}.`,
    )
  }
  return {
    ...usualOptions({ id: site.id, origins: site.origins }, Date.now()),
    ...(choices.zone && { zone: zoneOf(choices.zone) }),
    ...(choices.origin?.[0] && { origin: originOf(choices.origin[0], '--origin') }),
    ...(choices.map && { pages: await rulesOf(choices.map) }),
    ...(choices.states && { statuses: statesOf(choices.states) }),
    ...{ pings: choices.pings ?? false, emails: choices.emails ?? false },
  }
}

/** A time zone that is one. */
function zoneOf(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    throw new Refusal(`--zone takes the name of a time zone, such as Asia/Tokyo, not "${zone}".`)
  }
}

async function rulesOf(path: string): Promise<PageRule[]> {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw new Refusal(`${path} cannot be read: ${sentence(error)}`)
  })
  const { rules, flaws } = readPageRules(text)
  const [flaw] = flaws
  if (flaw) throw new Refusal(`${path}, line ${flaw.line}: ${flaw.message}`)
  return rules
}

function statesOf(given: string): Status[] {
  const states = given.split(',').map((state) => state.trim())
  const wrong = states.find((state) => !statuses.includes(state as Status))
  if (wrong !== undefined) throw new Refusal(`--states takes some of ${statuses.join(',')}, not "${wrong}".`)
  return states as Status[]
}

/**
 * Who of the old staff is who here, as `--staff` says it: whoever the file calls so, or knows by that account.
 *
 * @returns null where nothing was said of it
 * @throws Refusal where there is nobody of a name, there or here
 */
export async function staffOf(
  instance: Operator,
  { survey, options }: Plan,
  { staff = [] }: Choices,
): Promise<PlanOptions['staff'] | null> {
  if (staff.length === 0) return null
  const here = (await instance.staff()).filter(
    ({ sites }) => sites === '*' || sites.includes(options.site.id),
  )
  const found: Record<string, string> = {}
  for (const pair of staff) {
    const at = pair.lastIndexOf('=')
    const [old, name] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()]
    if (!old || !name) throw new Refusal(`--staff takes OLD=NAME, such as "admin=Mika", not "${pair}".`)
    const whos = survey.authors.filter((one) => one.isStaff && (one.name === old || one.who === old))
    if (whos.length === 0) throw new Refusal(`The file has no staff called "${old}".`)
    const people = here.filter((one) => one.name === name || one.id === name)
    if (people.length !== 1)
      throw new Refusal(
        people.length === 0
          ? `Nobody of the staff of ${options.site.id} is called "${name}".`
          : `Several of the staff are called "${name}": say the id, one of ${people.map(({ id }) => id).join(', ')}.`,
      )
    for (const { who } of whos) found[who] = people[0]?.id ?? ''
  }
  return found
}
