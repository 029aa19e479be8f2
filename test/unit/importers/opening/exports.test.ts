import { existsSync, openAsBlob, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFile } from '../../../../worker/importers/opening/open.ts'

const collection = join(import.meta.dirname, '../../../../../shared/exports')

/** How files of other systems begin there, and what reads them. */
const formats: [start: string, format: string][] = [
  ['artrans-', 'artalk'],
  // The first version is that of Commento.
  ['comentario-single-v1', 'commento'],
  ['comentario-', 'comentario'],
  ['commento-', 'commento'],
  ['disqus-', 'disqus'],
  ['staticman-', 'staticman'],
  ['twikoo-', 'twikoo'],
  ['wxr-', 'wxr'],
]

describe.runIf(existsSync(collection))('files of other systems', () => {
  const files = existsSync(collection) ? readdirSync(collection).filter((file) => file !== 'README.md') : []

  it.each(files)(
    '%s is known by what is in it, whatever it is called, and read twice alike',
    async (file) => {
      const opened = await openFile(await openAsBlob(join(collection, file)), 'export.bin')
      expect(opened.format).toBe(formats.find(([start]) => file.startsWith(start))?.[1])
      expect(opened.warnings).toEqual([])
      const counted = async () => {
        const counts: Record<string, number> = {}
        for await (const { kind } of opened.entries({ file, pings: false, origin: '' }))
          counts[kind] = (counts[kind] ?? 0) + 1
        return counts
      }
      const counts = await counted()
      expect((counts.comment ?? 0) + (counts.leftOut ?? 0)).toBeGreaterThan(0)
      expect(await counted()).toEqual(counts)
    },
  )
})
