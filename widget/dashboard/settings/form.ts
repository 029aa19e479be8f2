import { type Policy, policies } from '../../../worker/contract/site.ts'
import { type Proof, proofs } from '../../../worker/contract/siteSettings.ts'
import { type WordList, wordLists } from '../../../worker/contract/wordLists.ts'
import type { Values } from './values.ts'

/** Fields that take a number, with what they take; shares are typed as per cents. */
export const numbers = {
  holdFirst: { least: 0, most: 100, step: 1, share: false },
  holdDays: { least: 0, most: 365, step: 1, share: false },
  maxLinks: { least: 0, most: 100, step: 1, share: false },
  flagThreshold: { least: 1, most: 20, step: 1, share: false },
  trustedAfter: { least: 1, most: 1_000, step: 1, share: false },
  errorRate: { least: 0.1, most: 10, step: 0.1, share: true },
  auditShare: { least: 0, most: 100, step: 0.5, share: true },
} as const
export type NumberName = keyof typeof numbers
export const numberNames = Object.keys(numbers) as NumberName[]

export const switches = ['holdLinks', 'holdNewDomains', 'automaticApproval', 'automaticSpam'] as const
export type SwitchName = (typeof switches)[number] | 'holdNight'

/** The screen as it is filled in: numbers and lists as they are typed, a list's entries one a line. */
export type Form = Record<
  NumberName | WordList | 'nightFrom' | 'nightTo' | 'timeZone' | 'turnstileSiteKey',
  string
> &
  Record<SwitchName, boolean> & { policy: Policy; proof: Proof }
export type Field = keyof Form

/** Whether nothing waits for the sake of a field that is 0. */
export const zeroIsOff = (field: Field) => field === 'holdFirst' || field === 'holdDays'

/** Why a field can't be taken. */
export type Flaw =
  | { kind: 'range'; least: number; most: number }
  | { kind: 'whole' | 'sameHours' | 'noSiteKey' }

/** The screen filled in with what is set; `timeZone` stands where no night is set. */
export function formOf({ policy, settings, lists }: Values, timeZone: string): Form {
  const night = settings.holdNight
  const typed = (name: NumberName) =>
    String(numbers[name].share ? Number((settings[name] * 100).toFixed(3)) : settings[name])
  return {
    policy,
    ...(Object.fromEntries(numberNames.map((name) => [name, typed(name)])) as Record<NumberName, string>),
    holdLinks: settings.holdLinks,
    holdNewDomains: settings.holdNewDomains,
    automaticApproval: settings.automaticApproval,
    automaticSpam: settings.automaticSpam,
    holdNight: night !== null,
    nightFrom: String(night?.from ?? 22),
    nightTo: String(night?.to ?? 7),
    timeZone: night?.timeZone ?? timeZone,
    proof: settings.proof,
    turnstileSiteKey: settings.turnstileSiteKey,
    ...(Object.fromEntries(wordLists.map((list) => [list, lists[list].join('\n')])) as Record<
      WordList,
      string
    >),
  }
}

/** Reads the screen; values are there when nothing is wrong. */
export function readForm(form: Form): { values: Values | null; flaws: Partial<Record<Field, Flaw>> } {
  const flaws: Partial<Record<Field, Flaw>> = {}
  const number = (name: NumberName) => {
    const { least, most, step, share } = numbers[name]
    const value = form[name].trim() === '' ? Number.NaN : Number(form[name])
    if (!(value >= least && value <= most)) flaws[name] = { kind: 'range', least, most }
    else if (step === 1 && !Number.isInteger(value)) flaws[name] = { kind: 'whole' }
    return share ? Number((value / 100).toFixed(5)) : value
  }
  const read = Object.fromEntries(numberNames.map((name) => [name, number(name)])) as Record<
    NumberName,
    number
  >
  const night = { from: Number(form.nightFrom), to: Number(form.nightTo), timeZone: form.timeZone }
  if (form.holdNight && night.from === night.to) flaws.nightTo = { kind: 'sameHours' }
  const turnstileSiteKey = form.turnstileSiteKey.trim()
  if (form.proof === 'turnstile' && !turnstileSiteKey) flaws.turnstileSiteKey = { kind: 'noSiteKey' }
  const values: Values = {
    policy: policies.includes(form.policy) ? form.policy : 'premoderate',
    settings: {
      ...read,
      holdLinks: form.holdLinks,
      holdNewDomains: form.holdNewDomains,
      automaticApproval: form.automaticApproval,
      automaticSpam: form.automaticSpam,
      holdNight: form.holdNight ? night : null,
      proof: proofs.includes(form.proof) ? form.proof : 'none',
      turnstileSiteKey,
    },
    lists: Object.fromEntries(wordLists.map((list) => [list, entriesOf(form[list])])) as Values['lists'],
  }
  return { values: Object.keys(flaws).length ? null : values, flaws }
}

/** The entries of a typed list: its lines, without empty ones and repeats. */
export function entriesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  return [...new Set(lines.filter(Boolean))]
}

/** The line, counted from 1, on which an entry of a typed list first stands. */
export function lineOf(text: string, entry: number): number {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  return lines.indexOf(entriesOf(text)[entry] ?? '') + 1
}

/** Whether a field says the same in both, however it is typed. */
export function alike(field: Field, one: Form[Field], other: Form[Field]): boolean {
  if (!(wordLists as readonly string[]).includes(field)) return one === other
  return entriesOf(String(one)).join('\n') === entriesOf(String(other)).join('\n')
}

/** The field that an error of the worker is about, by its path in what was sent. */
export function fieldAt(path: string): Field | null {
  const night = { from: 'nightFrom', to: 'nightTo', timeZone: 'timeZone' } as const
  const [, inNight] = path.match(/^settings\.holdNight(?:\.(\w+))?$/) ?? []
  if (path.startsWith('settings.holdNight')) return night[inNight as keyof typeof night] ?? 'nightFrom'
  const name = path.replace(/^settings\.|^lists\.(\w+).*/, '$1')
  const known: readonly string[] = [
    'policy',
    'proof',
    'turnstileSiteKey',
    ...numberNames,
    ...switches,
    ...wordLists,
  ]
  return known.includes(name) ? (name as Field) : null
}
