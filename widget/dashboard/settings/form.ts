import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { type Policy, policies } from '../../../worker/contract/policies.ts'
import {
  type Hours,
  type Setting,
  type SettingName,
  settingNames,
  siteSettings,
} from '../../../worker/contract/siteSettings.ts'
import { type WordList, wordLists } from '../../../worker/contract/wordLists.ts'
import type { Values } from './values.ts'

type Shown = Values['settings']
export type NumberName = SettingName<'whole' | 'share'>
export type SwitchName = SettingName<'flag' | 'hours'>
export type ChoiceName = SettingName<'choice'>
export type TextName = SettingName<'text'>

/** The screen as it is filled in: numbers and lists as they are typed, a list's entries one a line. */
export type Form = Record<
  NumberName | TextName | WordList | 'name' | 'locale' | 'origins' | 'nightFrom' | 'nightTo' | 'timeZone',
  string
> &
  Record<SwitchName, boolean> &
  Pick<Shown, ChoiceName> & { policy: Policy }
export type Field = keyof Form

/** Why a field can't be taken. */
export type Flaw =
  | { kind: 'range'; least: number; most: number }
  | { kind: 'whole' | 'sameHours' | 'noSiteKey' | 'empty' }

/** What a number field takes; shares are typed as per cents. */
export function rangeOf(name: NumberName) {
  const setting = siteSettings[name]
  if (setting.kind === 'whole') return { least: setting.least, most: setting.most, step: 1 }
  return { least: perCent(setting.least), most: perCent(setting.most), step: perCent(setting.step) }
}

/** Whether nothing waits for the sake of a field that is 0. */
export function zeroIsOff(field: Field): boolean {
  const setting: Partial<Setting> = siteSettings[field as SettingName] ?? {}
  return setting.kind === 'whole' && setting.zeroIsOff === true
}

const perCent = (share: number) => Number((share * 100).toFixed(3))

/** A setting as its field shows it. */
function typed(name: SettingName, value: Shown[SettingName]): string | boolean {
  const { kind } = siteSettings[name]
  if (kind === 'share') return String(perCent(Number(value)))
  if (kind === 'hours') return value !== null
  return kind === 'whole' ? String(value) : (value as string | boolean)
}

/** The screen filled in with what is set; `timeZone` stands where no night is set, this computer's if not told. */
export function formOf(
  { name, locale, origins, policy, settings, lists }: Values,
  timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone,
): Form {
  const night: Hours | null = settings.holdNight
  return {
    name,
    locale,
    origins: origins.join('\n'),
    policy,
    ...(Object.fromEntries(settingNames.map((name) => [name, typed(name, settings[name])])) as Pick<
      Form,
      SettingName
    >),
    nightFrom: String(night?.from ?? 22),
    nightTo: String(night?.to ?? 7),
    timeZone: night?.timeZone ?? timeZone,
    ...(Object.fromEntries(wordLists.map((list) => [list, lists[list].join('\n')])) as Record<
      WordList,
      string
    >),
  }
}

const required = ['name', 'locale', 'origins'] as const

type Flaws = Partial<Record<Field, Flaw>>

/** Reads the screen; values are there when nothing is wrong. */
export function readForm(form: Form): { values: Values | null; flaws: Flaws } {
  const flaws: Flaws = {}
  const read = settingNames.map((name) => [name, readField(form, name, flaws)])
  if (form.holdNight && Number(form.nightFrom) === Number(form.nightTo)) flaws.nightTo = { kind: 'sameHours' }
  if (form.proof === 'turnstile' && !form.turnstileSiteKey.trim())
    flaws.turnstileSiteKey = { kind: 'noSiteKey' }
  for (const field of required) if (!form[field].trim()) flaws[field] = { kind: 'empty' }
  const values: Values = {
    name: form.name.trim(),
    locale: form.locale.trim(),
    origins: entriesOf(form.origins),
    policy: policies.includes(form.policy) ? form.policy : 'premoderate',
    settings: Object.fromEntries(read) as Shown,
    lists: Object.fromEntries(wordLists.map((list) => [list, entriesOf(form[list])])) as Values['lists'],
  }
  return { values: Object.keys(flaws).length ? null : values, flaws }
}

/** What a field sets; what is wrong with it is noted. Drafts of an older dashboard may hold another choice. */
function readField(form: Form, name: SettingName, flaws: Flaws): Shown[SettingName] {
  const { kind } = siteSettings[name]
  if (kind === 'whole' || kind === 'share') return readNumber(form, name as NumberName, flaws)
  if (kind === 'text') return form[name as TextName].trim()
  if (kind === 'choice') {
    const { options, preset } = siteSettings[name as ChoiceName]
    return options.find((option) => option === form[name]) ?? preset
  }
  if (kind === 'flag') return form[name] === true
  return form[name]
    ? { from: Number(form.nightFrom), to: Number(form.nightTo), timeZone: form.timeZone }
    : null
}

function readNumber(form: Form, name: NumberName, flaws: Flaws): number {
  const { least, most } = rangeOf(name)
  const isShare = siteSettings[name].kind === 'share'
  const value = form[name].trim() === '' ? Number.NaN : Number(form[name])
  if (!(value >= least && value <= most)) flaws[name] = { kind: 'range', least, most }
  else if (!isShare && !Number.isInteger(value)) flaws[name] = { kind: 'whole' }
  return isShare ? Number((value / 100).toFixed(5)) : value
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
  if (![...wordLists, 'origins'].includes(field)) return one === other
  return entriesOf(String(one)).join('\n') === entriesOf(String(other)).join('\n')
}

/** The field that an error of the worker is about, by its path in what was sent. */
export function fieldAt(path: string): Field | null {
  const night = { from: 'nightFrom', to: 'nightTo', timeZone: 'timeZone' } as const
  const [, inNight] = path.match(/^settings\.holdNight(?:\.(\w+))?$/) ?? []
  if (path.startsWith('settings.holdNight')) return night[inNight as keyof typeof night] ?? 'nightFrom'
  const name = path.replace(/^settings\.|^lists\.(\w+).*|^(origins)\.\d+$/, '$1$2')
  const known: readonly string[] = [...required, 'policy', ...settingNames, ...wordLists]
  return known.includes(name) ? (name as Field) : null
}

const night: readonly Field[] = ['holdNight', 'nightFrom', 'nightTo', 'timeZone']

/** What stays refused once a field is changed; the fields of the night are judged together. */
export function stillRefused(refused: Partial<Record<Field, ErrorDetail>>, field: Field) {
  const anew = night.includes(field) ? night : [field]
  return Object.fromEntries(
    Object.entries(refused).filter(([name]) => !anew.includes(name as Field)),
  ) as typeof refused
}
