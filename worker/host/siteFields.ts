import * as v from 'valibot'
import { timeZone as timeZoneName } from '../contract/input.ts'
import { registrable } from '../contract/origin.ts'
import { type Policy, policies } from '../contract/policies.ts'
import type { Site } from '../contract/site.ts'
import { type Hours, type Setting, type SiteSettings, siteSettings } from '../contract/siteSettings.ts'
import { Refusal } from './terminal.ts'

/** What the command line says of a site. */
export interface Given {
  name?: string | undefined
  origin?: string[] | undefined
  locale?: string | undefined
  policy?: string | undefined
  /** Settings, each as `name=value`. */
  settings: string[]
}

export type SiteFields = Partial<Omit<Site, 'settings'>> & { settings?: Partial<SiteSettings> }

/** The id of a new site, checked. */
export function idOf(id: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return id
  throw new Refusal(`A site’s id takes small letters, digits and hyphens, such as "my-blog", not "${id}".`)
}

/** An origin in its one form. @param option that it was given with */
export function originOf(text: string, option = '--origin'): string {
  const origin = registrable(text)
  if (origin) return origin
  throw new Refusal(`${option} takes https://host, without a path, not "${text}".`)
}

/** The fields of a site that were given, each checked. Throws a `Refusal` that says what one takes. */
export function fieldsOf({ name, origin, locale, policy, settings }: Given): SiteFields {
  if (policy && !policies.includes(policy as Policy))
    throw new Refusal(`--policy takes ${policies.join(', ')}, not "${policy}".`)
  if (locale && !isLocale(locale))
    throw new Refusal(`--locale takes a language such as en or ja, not "${locale}".`)
  return {
    ...(name && { name }),
    ...(origin && { origins: origin.map((text) => originOf(text)) }),
    ...(locale && { locale }),
    ...(policy && { policy: policy as Policy }),
    ...(settings.length > 0 && { settings: Object.fromEntries(settings.map(settingOf)) }),
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** A setting and its value from `name=value`. */
function settingOf(text: string): [string, unknown] {
  const [, name = '', value] = /^([^=]*)=(.*)$/s.exec(text) ?? [text, text]
  const setting = Object.hasOwn(siteSettings, name) && siteSettings[name as keyof SiteSettings]
  if (!setting || value === undefined)
    throw new Refusal(`"${text}" is no setting: give name=value; site show ID lists the names.`)
  const read = readers[setting.kind] as (value: string, setting: Setting) => unknown
  const found = read(value, setting)
  if (found === undefined) throw new Refusal(`${name} takes ${takenBy(setting)}, not "${value}".`)
  return [name, found]
}

type Of<Kind extends Setting['kind']> = Extract<Setting, { kind: Kind }>

const between = (text: string, { least, most }: { least: number; most: number }, form: RegExp) => {
  const value = form.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : undefined
}

/** Reads a value of each kind; undefined where it is none. */
const readers: { [Kind in Setting['kind']]: (text: string, setting: Of<Kind>) => unknown } = {
  whole: (text, setting) => between(text, setting, /^\d{1,9}$/),
  share: (text, setting) => between(text, setting, /^\d(\.\d+)?$/),
  flag: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
  choice: (text, { options }) => (options as readonly string[]).find((option) => option === text),
  text: (text, { most, pattern }) => (text.length <= most && pattern.test(text) ? text : undefined),
  hours: hoursOf,
}

function hoursOf(text: string): Hours | null | undefined {
  if (text === 'off') return null
  const [, from, to, timeZone = ''] = /^(\d{1,2})-(\d{1,2}) (\S+)$/.exec(text) ?? []
  const isDay = from !== to && Number(from) < 24 && Number(to) < 24
  return from && to && isDay && v.is(timeZoneName, timeZone)
    ? { from: Number(from), to: Number(to), timeZone }
    : undefined
}

/** What a setting takes, in words. */
function takenBy(setting: Setting): string {
  switch (setting.kind) {
    case 'whole':
    case 'share':
      return `a ${setting.kind === 'whole' ? 'whole ' : ''}number from ${setting.least} to ${setting.most}`
    case 'flag':
      return 'on or off'
    case 'choice':
      return setting.options.join(', ')
    case 'text':
      return `at most ${setting.most} characters of its own kind`
    case 'hours':
      return 'off, or hours and a time zone such as "22-6 Asia/Tokyo"'
  }
}

/** A site and its settings, as `site set` takes them, with what each means. */
export function shown({ id, name, locale, policy, origins, settings }: Site): string {
  const rows = (Object.keys(siteSettings) as (keyof SiteSettings)[]).map((key) => {
    const { about, ...setting } = siteSettings[key]
    return [`${key}=${written(settings[key])}`, `${about}${'unit' in setting ? ` In ${setting.unit}.` : ''}`]
  })
  const width = Math.max(...rows.map(([value = '']) => value.length)) + 2
  return [
    ...[`id       ${id}`, `name     ${name}`, `locale   ${locale}`, `policy   ${policy}`],
    ...origins.map((origin) => `origin   ${origin}`),
    '',
    ...rows.map(([value = '', about]) => value.padEnd(width) + about),
  ].join('\n')
}

function written(value: SiteSettings[keyof SiteSettings]): string {
  if (value === null || value === false) return 'off'
  if (value === true) return 'on'
  return typeof value === 'object' ? `${value.from}-${value.to} ${value.timeZone}` : String(value)
}
