import { copyFile, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { made, root } from '../../worker/host/paths.ts'
import { main, note } from '../../worker/host/terminal.ts'
import { Product } from '../server.ts'
import { browser as findBrowser } from '../steps/browser.ts'
import { shootDashboard } from './dashboard.ts'
import { report, shootDemo } from './demo.ts'
import { type Scene, sceneOf } from './scene.ts'
import { states } from './thread.ts'

const help = `npm run screenshots -- [options]

  --out DIR     put the pictures there (.hankyo/screenshots)
  --only NAME   one state alone, such as waiting or desk; view- for each view of the dashboard
  --keep        renew the README's pictures, too`

/** The README's pictures, by the state they show. */
const kept = {
  'discussion-light': 'thread',
  'discussion-dark': 'thread-dark',
  'article-360-light': 'phone',
  'desk-light': 'dashboard',
}

/** Makes the screen as high as the page, so that nothing on it waits to be scrolled to. */
async function stretch(page: Page) {
  const { width = 0 } = page.viewportSize() ?? {}
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height })
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(made, 'screenshots') },
      only: { type: 'string', default: '' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return void process.stdout.write(`${help}\n`)
  const { failed } = await findBrowser()
  if (failed) return void process.exit(1)
  const out = resolve(values.out)
  await mkdir(out, { recursive: true })
  const { CHROMIUM_PATH } = process.env
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(CHROMIUM_PATH && { executablePath: CHROMIUM_PATH }),
  })
  const product = await Product.start({ flags: ['--no-rate-limit'] })
  try {
    const stage = { browser, product }
    const shoot = async (name: string, page: Page, { whole = true } = {}) => {
      if (whole) await stretch(page)
      await page.screenshot({ path: join(out, `${name}.png`), animations: 'disabled' })
    }
    const shootState = async ([name, arrange]: [string, (scene: Scene) => Promise<void>]) => {
      const scene = await sceneOf(stage, name)
      try {
        await arrange(scene)
        await shoot(name, scene.page)
        await scene.page.emulateMedia({ colorScheme: 'dark' })
        await scene.page.setViewportSize({ width: 360, height: 700 })
        await shoot(`${name}-360-dark`, scene.page)
      } catch (error) {
        throw new Error(`${name}: ${error}`)
      } finally {
        await scene.close()
      }
    }
    const wanted = Object.entries(states).filter(([name]) => name.startsWith(values.only))
    while (wanted.length > 0) await Promise.all(wanted.splice(0, 4).map(shootState))
    await report(stage)
    if (!values.only.startsWith('view-'))
      await shootDemo(stage, (name, page, options) =>
        name.startsWith(values.only) ? shoot(name, page, options) : Promise.resolve(),
      )
    await shootDashboard(stage, values.only, shoot)
    if (values.keep)
      for (const [state, name] of Object.entries(kept))
        await copyFile(join(out, `${state}.png`), join(root, 'test/screenshots', `${name}.png`))
    note(`The pictures are in ${out}.`)
  } finally {
    await browser.close()
    await product.dispose()
  }
})
