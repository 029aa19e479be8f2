import * as v from 'valibot'
import { share, whole } from './answers.ts'
import { type Setting, type SiteSettings, siteSettings as table } from './siteSettings.ts'

/** What a setting can be, as an answer. */
function schemaOf(setting: Setting) {
  switch (setting.kind) {
    case 'whole':
      return whole
    case 'share':
      return share
    case 'flag':
      return v.boolean()
    case 'choice':
      return v.picklist(setting.options)
    case 'text':
      return v.string()
    case 'hours':
      return v.nullable(v.object({ from: whole, to: whole, timeZone: v.string() }))
  }
}

type Entries = { [Name in keyof SiteSettings]: v.GenericSchema<SiteSettings[Name]> }

/* @__NO_SIDE_EFFECTS__ */
const entriesOf = () =>
  Object.fromEntries(
    Object.entries(table).map(([name, setting]) => [
      name,
      v.pipe(schemaOf(setting) as v.GenericSchema, v.description(setting.about)),
    ]),
  ) as unknown as Entries

/** The settings of a site, as an answer. */
export const siteSettings = v.object(entriesOf())
