import * as v from 'valibot'
import type { SiteSettings } from './siteSettings.ts'

/** The settings of a site, as an answer. */
export const siteSettings = v.record(v.string(), v.unknown()) as unknown as v.GenericSchema<SiteSettings>
