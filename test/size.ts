import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { assets } from '../worker/host/layout.ts'
import { main, Refusal } from '../worker/host/say.ts'

/** What readers and moderators load before the first comment shows, in kB (1,000 bytes) of brotli. */
const budgets = [
  { what: 'embed.js: script, styles and one language', budget: 12, files: () => ['embed.js'] },
  { what: 'dashboard, first load', budget: 60, files: firstLoad },
]

/** The page with all the scripts and styles it names. */
async function firstLoad() {
  const page = 'dashboard/index.html'
  const html = await readFile(join(assets, page), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/(dashboard\/[^"]+\.(?:js|css))"/g)].map(
    ([, file]) => file ?? '',
  )
  if (!named.length) throw new Refusal(`${page} names no script: has the build changed?`)
  return [page, ...named]
}

async function kilobytes(file: string) {
  const bytes = await readFile(join(assets, file))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return brotliCompressSync(bytes, { params }).length / 1000
}

await main(async () => {
  let over = ''
  for (const { what, budget, files } of budgets) {
    let size = 0
    for (const file of await files()) size += await kilobytes(file)
    const good = size <= budget
    if (!good) over ||= what
    process.stdout.write(
      `${good ? '✓' : '✗'} ${what}: ${size.toFixed(2)} kB brotli of ${budget.toFixed(1)}\n`,
    )
  }
  // What the embed script would load later must not hide from its budget.
  const more = (await readdir(assets)).filter((name) => name.endsWith('.js') && name !== 'embed.js')
  if (more.length) throw new Refusal(`embed.js came with other scripts: ${more.join(', ')}`)
  if (over) throw new Refusal(`Over the budget: ${over}.`)
})
