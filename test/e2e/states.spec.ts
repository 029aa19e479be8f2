import { sceneOf } from '../screenshots/scene.ts'
import { states } from '../screenshots/thread.ts'
import { faultsInBothSchemes } from './axe.ts'
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
      const within = name === 'plain' ? 'main' : 'hankyo-thread'
      const found = await faultsInBothSchemes(scene.page, { within })
      await scene.close()
      return found.map((fault) => [name, ...fault])
    }
    const found: unknown[] = []
    for (let done = 0; done < row.length; done += 3)
      found.push(...(await Promise.all(row.slice(done, done + 3).map(look))).flat())
    expect(found).toEqual([])
  })
