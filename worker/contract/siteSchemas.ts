import * as v from 'valibot'
import { amount, count, line, timeZone, visible } from './input.ts'
import { registrable } from './origin.ts'
import { policies } from './policies.ts'
import { type Setting, type SiteSettings, siteSettings } from './siteSettings.ts'

/** What the server takes for a setting. */
function schemaOf(setting: Setting) {
  switch (setting.kind) {
    case 'whole':
      return count(setting.least, setting.most)
    case 'share':
      return amount(setting.least, setting.most)
    case 'flag':
      return v.boolean()
    case 'choice':
      return v.picklist(setting.options)
    case 'text':
      return v.pipe(line(setting.most), v.regex(setting.pattern, 'invalid'))
    case 'hours':
      return v.nullable(hours)
  }
}

const hours = v.pipe(
  v.strictObject({ from: count(0, 23), to: count(0, 23), timeZone }),
  v.check(({ from, to }) => from !== to, 'invalid'),
)

/** In words, what a setting means, its unit and its default. */
function descriptionOf(setting: Setting): string {
  const unit = 'unit' in setting ? ` In ${setting.unit}.` : ''
  return `${setting.about}${unit} Default: ${JSON.stringify(setting.preset)}.`
}

type Entries = {
  [Name in keyof SiteSettings]: v.OptionalSchema<v.GenericSchema<SiteSettings[Name]>, undefined>
}

/** The settings of a site, or some of them. */
export const settingsChange = v.strictObject(
  Object.fromEntries(
    Object.entries(siteSettings).map(([name, setting]) => [
      name,
      v.optional(v.pipe(schemaOf(setting) as v.GenericSchema, v.description(descriptionOf(setting)))),
    ]),
  ) as unknown as Entries,
)

const origin = v.pipe(
  line(300),
  v.check((text) => registrable(text) !== null, 'invalid'),
  v.transform((text) => registrable(text) as string),
)

const locale = v.pipe(
  line(35),
  v.check((tag) => {
    try {
      return Intl.getCanonicalLocales(tag).length === 1
    } catch {
      return false
    }
  }, 'invalid'),
)

const fields = {
  name: v.pipe(line(100), visible),
  origins: v.pipe(v.array(origin), v.minLength(1, 'missing'), v.maxLength(50, 'too_long 50')),
  locale,
  policy: v.picklist(policies),
  settings: settingsChange,
}

/** `POST /v1/sites` */
export const newSite = v.strictObject({
  id: v.pipe(line(64), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'invalid')),
  name: fields.name,
  origins: fields.origins,
  locale: v.optional(fields.locale, 'en'),
  policy: v.optional(fields.policy, 'premoderate'),
  settings: v.optional(fields.settings, {}),
})
export type NewSite = v.InferOutput<typeof newSite>

/** `PATCH /v1/sites/:id`: what is left out stays as it is. */
export const siteChange = v.partial(v.strictObject(fields))
export type SiteChange = v.InferOutput<typeof siteChange>
