import AxeBuilder from '@axe-core/playwright'
import { sceneOf } from '../screenshots/scene.ts'
import { states } from '../screenshots/thread.ts'
import { expect, test } from './fixtures.ts'

const names = Object.keys(states)
const rows = Array.from({ length: Math.ceil(names.length / 6) }, (_, row) =>
  names.slice(row * 6, row * 6 + 6),
)

for (const row of rows)
  test(`axe finds nothing, light or dark, in the states ${row.join(', ')}`, async ({ browser, product }) => {
    const look = async (name: string) => {
      const scene = await sceneOf({ browser, product }, `axe-${name}`)
      await states[name]?.(scene)
      const axe = () =>
        new AxeBuilder({ page: scene.page }).include(name === 'plain' ? 'main' : 'hankyo-thread')
      const light = await axe().analyze()
      await scene.page.emulateMedia({ colorScheme: 'dark' })
      const dark = await axe().withRules(['color-contrast']).analyze()
      const found = [...light.violations, ...dark.violations].map(({ id, nodes }) => [
        name,
        id,
        nodes.map(({ html }) => html),
      ])
      await scene.close()
      return found
    }
    const found: unknown[] = []
    for (let done = 0; done < row.length; done += 3)
      found.push(...(await Promise.all(row.slice(done, done + 3).map(look))).flat())
    expect(found).toEqual([])
  })
