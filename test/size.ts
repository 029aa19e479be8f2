import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { assets } from '../worker/host/layout.ts'
import { main, Refusal } from '../worker/host/say.ts'

/** The most each thing may have, in kB (1,000 bytes) of brotli, and the files that make it up. */
const budgets = [
  { what: 'embed.js: script, styles and the words to read and post', budget: 12, files: () => ['embed.js'] },
  { what: 'later: seeing to one’s own comments', budget: 2, files: () => part('own') },
  { what: 'later: more words, in English', budget: 1, files: () => part('en') },
  { what: 'later: more words, in Japanese', budget: 1.2, files: () => part('ja') },
  { what: 'later: count badges', budget: 0.5, files: () => part('counts') },
  { what: 'dashboard, first load', budget: 60, files: firstLoad },
]

/** The parts that embed.js names, by their names without the hash. */
async function parts() {
  const script = await readFile(join(assets, 'embed.js'), 'utf8')
  return new Map([...script.matchAll(/embed\/(\w+)-[\w-]+\.js/g)].map(([file, name]) => [name, file]))
}

async function part(name: string) {
  const file = (await parts()).get(name)
  if (!file) throw new Refusal(`embed.js names no part ${name}: has the build changed?`)
  return [file]
}

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
  const over: string[] = []
  for (const { what, budget, files } of budgets) {
    let size = 0
    for (const file of await files()) size += await kilobytes(file)
    const good = size <= budget
    if (!good) over.push(what)
    process.stdout.write(
      `${good ? '✓' : '✗'} ${size.toFixed(2).padStart(6)} of ${budget.toFixed(1).padStart(4)} kB brotli  ${what}\n`,
    )
  }
  // What is asked for before the first comment shows must not hide from its budget.
  const script = await readFile(join(assets, 'embed.js'), 'utf8')
  if (/\b(import|from)\s*["'`{]/.test(script)) throw new Refusal('embed.js needs another script to start.')
  const beside = (await readdir(assets)).filter((name) => name.endsWith('.js') && name !== 'embed.js')
  if (beside.length) throw new Refusal(`embed.js came with other scripts: ${beside.join(', ')}`)
  const unknown = [...(await parts()).keys()].filter((name) => !/^(own|en|ja|counts)$/.test(name ?? ''))
  if (unknown.length) throw new Refusal(`These parts have no budget: ${unknown.join(', ')}.`)
  if (over.length) throw new Refusal(`Over the budget: ${over.join('; ')}.`)
})
