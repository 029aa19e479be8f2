import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { RunOptions, run } from 'axe-core'

/** Without comments and long names: a third of the bytes, for each page to read. */
const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Look {
  /** The part of the page that is ours; all of it unless told. */
  within?: string
  /** These rules alone: what cannot differ from the look before need not be asked again. */
  rules?: string[]
}

/** What axe finds on a page: of its long answer what the tests read. No page of ours has frames to look into. */
async function look(page: Page, { within, rules }: Look) {
  // Its half a megabyte goes to each page once, however often the page is looked at.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source)
  const options: RunOptions = { resultTypes: ['violations', 'incomplete'], ...(rules && { runOnly: rules }) }
  return page.evaluate(
    async ({ within, options }) => {
      // What is fading in has less contrast than it will have.
      const ending = document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
        )
      await Promise.allSettled(ending.map(({ finished }) => finished))
      const found = await (globalThis as unknown as { axe: { run: typeof run } }).axe.run(
        within ?? document,
        options,
      )
      const [violations, incomplete] = [found.violations, found.incomplete].map((all) =>
        all.map(({ id, nodes }) => ({
          id,
          elements: nodes.map(({ html, any }) => [html, any[0]?.message] as const),
        })),
      )
      return { violations: violations ?? [], incomplete: incomplete ?? [] }
    },
    { within, options },
  )
}

/** What axe finds wrong on a page: each rule with the elements that break it. */
export async function faults(page: Page, of: Look = {}): Promise<[rule: string, elements: string[]][]> {
  const { violations } = await look(page, of)
  return violations.map(({ id, elements }) => [id, elements.map(([html]) => html)])
}

/** The same in both colour schemes; of the dark one only what a scheme can change. */
export async function faultsInBothSchemes(page: Page, of: Look = {}) {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await faults(page, of)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await faults(page, { ...of, rules: ['color-contrast'] })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark]
}

/** Elements with too little contrast, and those of which axe cannot say. */
export async function contrast(page: Page, within: string) {
  const { violations, incomplete } = await look(page, { within, rules: ['color-contrast'] })
  return {
    faults: violations.flatMap(({ elements }) => elements),
    unsure: incomplete.flatMap(({ elements }) => elements.map(([html]) => html)),
  }
}
