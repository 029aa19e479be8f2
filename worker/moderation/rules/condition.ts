import { type Condition, conditions } from '../../contract/findings.ts'
import type { Facts, Rule } from '../facts.ts'

const day = 86_400_000

/** What each condition asks. */
const isMet: Record<Condition, (facts: Facts) => boolean> = {
  heldAuthor: ({ pinned }) => pinned === 'held',
  holdFirst: ({ settings, history, pinned }) => history.approved < settings.holdFirst && pinned !== 'trusted',
  holdDays: ({ settings, history, postedAt, pinned }) =>
    settings.holdDays > 0 &&
    pinned !== 'trusted' &&
    (history.firstApprovedAt === null || postedAt - history.firstApprovedAt < settings.holdDays * day),
  holdLinks: ({ settings, links }) => settings.holdLinks && links.length > 0,
  holdNewDomains: ({ settings, newHosts }) => settings.holdNewDomains && newHosts.length > 0,
  holdNight: ({ settings, postedAt }) => settings.holdNight !== null && isNight(postedAt, settings.holdNight),
  thread: ({ threadChecked }) => threadChecked,
  // The learner reads texts: what it finds fine says nothing of a page that nobody here has linked to.
  newcomerLink: ({ learnt, history, newHosts, pinned }) =>
    pinned !== 'trusted' &&
    learnt?.approves === true &&
    learnt.band === 'fine' &&
    history.approved === 0 &&
    newHosts.length > 0,
}

/** The site has a person look at such comments. Holds whatever it weighs. */
export const condition: Rule = (facts) => {
  const met = conditions.filter((name) => isMet[name](facts))
  return met.length === 0 ? null : { code: 'condition', weight: 0, params: { conditions: met } }
}

type Night = NonNullable<Facts['settings']['holdNight']>

function isNight(time: number, { from, to, timeZone }: Night): boolean {
  const hour = Number(clockIn(timeZone).format(time))
  return from < to ? from <= hour && hour < to : from <= hour || hour < to
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone })
  clocks.set(timeZone, clock)
  return clock
}
