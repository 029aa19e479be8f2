import { languageOf } from '../../widget/common/i18n.ts'
import { locales } from '../../widget/common/locales.ts'
import type { Site } from '../contract/site.ts'

/** What a site's staff is called beside their names: as it has chosen, else the usual word in its language. */
export const staffBadge = ({ locale, settings }: Pick<Site, 'locale' | 'settings'>): string =>
  settings.staffBadge || String(locales[languageOf(locale).language].page.staff)
