import type { Page } from '@playwright/test'
import { snippet } from '../e2e/article.ts'
import { converse } from '../e2e/conversation.ts'
import { type Look, type Scene, sceneOf } from './scene.ts'

type Stage = Parameters<typeof sceneOf>[0]
type Keep = (name: string, page: Page, options?: { whole?: boolean }) => Promise<void>

/** Pictures of the demo as a reader finds it, of a thread without script, and of the moderators' desk. */
export async function shootDemo(stage: Stage, keep: Keep): Promise<void> {
  const screen = async (look: Look, name: string, act: (scene: Scene) => Promise<void>, whole = false) => {
    const scene = await sceneOf(stage, name, look)
    try {
      await act(scene)
      await keep(name, scene.page, { whole })
    } finally {
      await scene.close()
    }
  }
  const demo =
    (path: string) =>
    async ({ page, product }: Scene) => {
      await page.goto(`${product.url}/demo/${path}`)
      await page.locator('hankyo-thread').getByRole('article').first().waitFor()
      await page.locator('.feedback').evaluate((element) => element.scrollIntoView())
    }
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1200])
      await screen({ width, height: 900, colorScheme }, `article-${width}-${colorScheme}`, demo('lively'))
    await screen({ width: 760, height: 1000, colorScheme }, `discussion-${colorScheme}`, demo('lively'))
    await screen({ width: 1280, height: 800, colorScheme }, `desk-${colorScheme}`, desk('held'))
    await screen({ width: 1280, height: 800, colorScheme }, `desk-flagged-${colorScheme}`, desk('flagged'))
  }
  await screen({ width: 760, height: 1000 }, 'article-ja', demo('ja'))
  await screen({ width: 360, height: 800 }, 'desk-360', desk('held'))
  await screen({ width: 360, height: 800 }, 'desk-flagged-360', desk('flagged'))
  for (const width of [360, 760])
    await screen({ width, javaScriptEnabled: false }, `server-rendered-${width}`, served, true)
}

async function served(scene: Scene) {
  const { product, subject } = scene
  await converse(product, subject, [
    {
      name: 'Ines Carvalho',
      body: 'It stands here before any script has run.',
      replies: [{ name: 'Duarte', body: 'And when none ever does.' }],
    },
    { name: 'Hannah Weiss', body: 'Readable all the same.' },
  ])
  const query = new URLSearchParams({ key: subject.key, lang: 'en' })
  const html = await (await fetch(`${product.url}/v1/sites/demo/thread.html?${query}`)).text()
  await scene.visit({ body: snippet(product.url).replace(/<hankyo-thread.*<\/hankyo-thread>/, () => html) })
}

const desk =
  (tab: 'held' | 'flagged') =>
  async ({ product, page }: Scene) => {
    await page.goto(await product.dashboardLink())
    await page
      .getByRole('button', { name: /Sign out/ })
      .first()
      .waitFor({ state: 'attached' })
    await page.goto(`${product.url}/dashboard?tab=${tab}&site=demo`)
    await page.getByRole('article').first().waitFor()
    await page.keyboard.press('j')
  }

/** Makes readers report one of the demo's comments, for the flagged tab. */
export async function report({ product }: Stage): Promise<void> {
  const page = await fetch(`${product.url}/v1/sites/demo/thread?key=/demo/lively`)
  const { items } = (await page.json()) as { items: { id: string }[] }
  for (const [index, reason] of (['abuse', 'off_topic', 'abuse'] as const).entries()) {
    const answer = await fetch(`${product.url}/v1/sites/demo/comments/${items[4]?.id}/flags`, {
      method: 'POST',
      headers: {
        origin: product.url,
        'content-type': 'application/json',
        authorization: `Bearer ${crypto.randomUUID()}`,
      },
      body: JSON.stringify({ reason, ...(index === 0 && { note: 'Please look at the last line.' }) }),
    })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  }
}
