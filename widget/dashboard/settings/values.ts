import type { Policy } from '../../../worker/contract/policies.ts'
import type { PolicyProposal } from '../../../worker/contract/policyPreview.ts'
import type { Site } from '../../../worker/contract/site.ts'
import type { SettingName, SiteSettings } from '../../../worker/contract/siteSettings.ts'
import type { WordList, WordListEntries } from '../../../worker/contract/wordLists.ts'

/** What a site is called, and where and in which language it stands. */
type Identity = Pick<Site, 'name' | 'locale' | 'origins'>

/** What is set on the settings screen. */
export interface Values extends Identity {
  policy: Policy
  settings: Pick<SiteSettings, SettingName>
  lists: Record<WordList, string[]>
}

/** Values to be set, the others left as they are. */
export type Change = Partial<Identity> & Pick<PolicyProposal, 'policy' | 'settings' | 'lists'>

const alone = ['name', 'locale', 'origins', 'policy'] as const

/** What is set of a site itself. */
export const ownOf = ({ name, locale, origins, policy, settings }: Site) => ({
  ...{ name, locale, origins },
  ...{ policy, settings },
})

/** What is set of a site, with its lists. */
export function valuesOf(site: Site, items: WordListEntries[]): Values {
  const entries = (list: WordList) => items.find((one) => one.list === list)?.entries ?? []
  return {
    ...ownOf(site),
    lists: { hold: entries('hold'), spam: entries('spam'), domains: entries('domains') },
  }
}

/** What stood where a change was made. */
export function formerly(before: Values, { settings = {}, lists = {}, ...others }: Change): Change {
  const of = <Part extends object>(part: Part, keys: object) =>
    Object.fromEntries(Object.keys(keys).map((key) => [key, part[key as keyof Part]])) as Partial<Part>
  return {
    ...of(before, others),
    ...(Object.keys(settings).length > 0 && { settings: of(before.settings, settings) }),
    ...(Object.keys(lists).length > 0 && { lists: of(before.lists, lists) }),
  }
}

/** What has to be set for `before` to become `now`. */
export function changeOf(now: Values, before: Values): Change {
  const settings = differing(now.settings, before.settings)
  const lists = differing(now.lists, before.lists)
  return {
    ...differing(now, before, alone),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(Object.keys(lists).length > 0 && { lists }),
  }
}

/** Values after a change. */
export function changed(values: Values, { settings, lists, ...others }: Change): Values {
  return {
    ...values,
    ...others,
    settings: { ...values.settings, ...settings },
    lists: { ...values.lists, ...lists },
  }
}

/** What of a change bears on screening, and can be tried on what people decided. */
export function proposalOf({ policy, settings, lists }: Change): Change {
  return { ...(policy && { policy }), ...(settings && { settings }), ...(lists && { lists }) }
}

/** What differs between two, of all keys or of some. */
function differing<Part extends object>(
  now: Part,
  before: Part,
  keys: readonly (keyof Part)[] = Object.keys(now) as (keyof Part)[],
): Partial<Part> {
  const differ = keys.filter((key) => JSON.stringify(now[key]) !== JSON.stringify(before[key]))
  return Object.fromEntries(differ.map((key) => [key, now[key]])) as Partial<Part>
}
