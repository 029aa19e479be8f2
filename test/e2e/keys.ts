import type { Page } from '@playwright/test'

/** What has the focus, by its name, else its text. */
export const focused = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    if (element?.matches('article')) return element.id
    const label = (element as HTMLInputElement | null)?.labels?.[0]
    return (element?.getAttribute('aria-label') ?? label?.textContent ?? element?.textContent ?? '').trim()
  })

/** Presses Tab, or another key, until what has the focus is called so. */
export async function reach(page: Page, name: string | RegExp, key = 'Tab') {
  for (let presses = 0; presses < 60; presses++) {
    const found = await focused(page)
    if (typeof name === 'string' ? found === name : name.test(found)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${name} cannot be reached: the focus is at ${await focused(page)}`)
}

/** Goes there and presses Enter. */
export async function act(page: Page, name: string | RegExp, key = 'Tab') {
  await reach(page, name, key)
  await page.keyboard.press('Enter')
}
