import type { Policy } from '../../../worker/contract/policies.ts'
import type { PolicyProposal } from '../../../worker/contract/policyPreview.ts'
import type { Site } from '../../../worker/contract/site.ts'
import { type ShownSetting, type SiteSettings, shownSettings } from '../../../worker/contract/siteSettings.ts'
import type { WordList, WordListEntries } from '../../../worker/contract/wordLists.ts'

/** What is set on the settings screen. */
export interface Values {
  policy: Policy
  settings: Pick<SiteSettings, ShownSetting>
  lists: Record<WordList, string[]>
}

/** Values to be set, the others left as they are. */
export type Change = Pick<PolicyProposal, 'policy' | 'settings' | 'lists'>

/** What is set of a site, with its lists. */
export function valuesOf({ policy, settings }: Site, items: WordListEntries[]): Values {
  const shown = shownSettings.map((name) => [name, settings[name]])
  const entries = (list: WordList) => items.find((one) => one.list === list)?.entries ?? []
  return {
    policy,
    settings: Object.fromEntries(shown) as Values['settings'],
    lists: { hold: entries('hold'), spam: entries('spam'), domains: entries('domains') },
  }
}

/** What stood where a change was made. */
export function formerly(before: Values, { policy, settings = {}, lists = {} }: Change): Change {
  const of = <Part extends object>(part: Part, keys: object) =>
    Object.fromEntries(Object.keys(keys).map((key) => [key, part[key as keyof Part]])) as Partial<Part>
  return {
    ...(policy && { policy: before.policy }),
    ...(Object.keys(settings).length > 0 && { settings: of(before.settings, settings) }),
    ...(Object.keys(lists).length > 0 && { lists: of(before.lists, lists) }),
  }
}

/** What has to be set for `before` to become `now`. */
export function changeOf(now: Values, before: Values): Change {
  const settings = differing(now.settings, before.settings)
  const lists = differing(now.lists, before.lists)
  return {
    ...(now.policy !== before.policy && { policy: now.policy }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(Object.keys(lists).length > 0 && { lists }),
  }
}

/** Values after a change. */
export function changed(values: Values, { policy, settings, lists }: Change): Values {
  return {
    policy: policy ?? values.policy,
    settings: { ...values.settings, ...settings },
    lists: { ...values.lists, ...lists },
  }
}

function differing<Part extends object>(now: Part, before: Part): Partial<Part> {
  const keys = Object.keys(now) as (keyof Part)[]
  const differ = keys.filter((key) => JSON.stringify(now[key]) !== JSON.stringify(before[key]))
  return Object.fromEntries(differ.map((key) => [key, now[key]])) as Partial<Part>
}
