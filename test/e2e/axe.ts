import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

interface Look {
  /** The part of the page that is ours; all of it unless told. */
  within?: string
  /** These rules alone: what cannot differ from the look before need not be asked again. */
  rules?: string[]
}

const builder = (page: Page, { within, rules }: Look) => {
  // No page of ours has frames: axe may run in the page itself, without another page to gather what frames found.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations', 'incomplete'] })
  if (within) axe.include(within)
  return rules ? axe.withRules(rules) : axe
}

/** What axe finds wrong on a page: each rule with the elements that break it. */
export async function faults(page: Page, look: Look = {}): Promise<[rule: string, elements: string[]][]> {
  const { violations } = await builder(page, look).analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}

/** The same in both colour schemes; of the dark one only what a scheme can change. */
export async function faultsInBothSchemes(page: Page, look: Look = {}) {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await faults(page, look)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await faults(page, { ...look, rules: ['color-contrast'] })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark]
}

/** Elements with too little contrast, and those of which axe cannot say. */
export async function contrast(page: Page, within: string) {
  const { violations, incomplete } = await builder(page, { within, rules: ['color-contrast'] }).analyze()
  return {
    faults: violations.flatMap(({ nodes }) => nodes.map(({ html, any }) => [html, any[0]?.message])),
    unsure: incomplete.flatMap(({ nodes }) => nodes.map(({ html }) => html)),
  }
}
