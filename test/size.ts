import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { assets } from '../worker/host/paths.ts'
import { main, Refusal } from '../worker/host/terminal.ts'

/** The most each thing may have, in kB (1,000 bytes) of brotli, and the files that make it up. */
const budgets = [
  {
    what: 'reading: embed.js (script and styles) and the language that has most',
    budget: 13,
    files: async () => ['embed.js', await heaviest(/words-\w+\/[\w-]+\.json$/)],
  },
  {
    what: 'writing, loaded once the page is idle: script, styles, and the languages that have most',
    budget: 5,
    files: async () => [...(await part('writing')), ...(await words('.writing')), ...(await words('.more'))],
  },
  { what: 'later: one’s own comments', budget: 2.3, files: () => part('ownComments') },
  {
    what: 'later: likes, more pages, what is new',
    budget: 1.5,
    files: () => part('reactions'),
  },
  { what: 'later: where a reader was', budget: 0.6, files: () => part('returning') },
  {
    what: 'when a reader comes near: links, reports, quotes, replies that are hidden',
    budget: 2.4,
    files: () => part('acts'),
  },
  {
    what: '… with their words and those of the next two, the language that has most',
    budget: 0.9,
    files: () => words('.asked'),
  },
  { what: 'when a form is touched: the buttons that format', budget: 1.4, files: () => part('formatting') },
  { what: '… and news by mail, where the site sends some', budget: 1.3, files: () => part('telling') },
  { what: 'later: what the page becomes, what is new, printing', budget: 2, files: () => part('watch') },
  { what: 'where staff writes on the page', budget: 1.6, files: () => part('staff') },
  { what: 'later: count badges', budget: 0.6, files: () => part('counts') },
  {
    what: 'later: what goes on with a thread that came with its page',
    budget: 0.5,
    files: () => part('served'),
  },
  { what: 'later: what the embedder has to mend', budget: 1, files: () => part('embedder') },
  {
    what: 'when asked: the preview, which parses Markdown',
    budget: 38,
    files: () => part('preview', runtime),
  },
  { what: 'when rich text is pasted', budget: 26, files: () => part('pastedMarkdown', runtime) },
  { what: 'where a site asks for it: proof of work', budget: 1.8, files: () => part('proof') },
  { what: '… on pages without TLS, besides', budget: 3.5, files: () => part('pbkdf2') },
  { what: 'where a site asks for it: Turnstile', budget: 0.8, files: () => part('turnstile') },
  { what: 'dashboard, first load: the queue', budget: 50, files: firstLoad },
  {
    what: '… when opened: imports and exports',
    budget: 11,
    files: () => ofDashboard(/^(ImportsPage|Survey)-[\w-]+\.(js|css)$/),
  },
  { what: '… with a file: what reads it', budget: 85, files: () => ofDashboard(/^reader-[\w-]+\.js$/) },
  { what: '… with a database of SQLite, besides', budget: 380, files: () => ofDashboard(/^sql-[\w-]+\.js$/) },
  { what: 'docs: a page with its script and style sheet, the heaviest', budget: 10, files: docsPage },
  {
    what: '… the playground on the page for embedders, besides',
    budget: 13.5,
    files: () => below('docs/assets'),
  },
]

/** Everything below `embed/` that scripts ask for, by its path. */
async function files() {
  const names = await readdir(join(assets, 'embed'), { recursive: true })
  return names.filter((name) => /\.js(on)?$/.test(name)).map((name) => `embed/${name}`)
}

const nameOf = (file: string) => /^embed\/later-\w+\/([\w-]+)\.js$/.exec(file)?.[1]

/** What the bundler adds to modules of the older kind, for all that have some. */
const runtime = 'rolldown-runtime'

async function part(...names: string[]) {
  const all = await files()
  return names.map((name) => {
    const file = all.find((file) => nameOf(file) === name)
    if (!file) throw new Refusal(`There is no part ${name}: has the build changed?`)
    return file
  })
}

const heaviest = async (names: RegExp) => heaviestOf((await files()).filter((file) => names.test(file)))

async function heaviestOf(all: string[]) {
  const sizes = await Promise.all(all.map(async (file) => ({ file, size: await kilobytes(file) })))
  const [most] = sizes.toSorted((a, b) => b.size - a.size)
  if (!most) throw new Refusal('There are no words: has the build changed?')
  return most.file
}

const words = async (kind: string) => [await heaviest(new RegExp(`words-\\w+/[\\w-]+\\${kind}\\.json$`))]

/** The page with all the scripts and styles it names, the scripts that those start with, and the language that has most. */
async function firstLoad() {
  const page = 'dashboard/index.html'
  const html = await readFile(join(assets, page), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="(dashboard\/[^"]+\.(?:js|css))"/g)].map(
    ([, file]) => file ?? '',
  )
  if (!named.length) throw new Refusal(`${page} names no script: has the build changed?`)
  const words = (await readdir(join(assets, 'dashboard/assets'), { recursive: true })).filter((name) =>
    /^words-\w+\/[\w-]+\.json$/.test(name),
  )
  const files = new Set([page, ...named, await heaviestOf(words.map((name) => `dashboard/assets/${name}`))])
  for (const file of files)
    if (file.endsWith('.js'))
      for (const [, beside] of (await readFile(join(assets, file), 'utf8')).matchAll(
        /\b(?:from|import)\s*["']\.\/([\w-]+\.js)["']/g,
      ))
        files.add(`dashboard/assets/${beside}`)
  return [...files]
}

/** Files of the dashboard that are loaded later. */
async function ofDashboard(names: RegExp) {
  const found = (await below('dashboard/assets')).filter((file) => names.test(file.replace(/^.*\//, '')))
  if (!found.length) throw new Refusal(`The dashboard has no ${names}: has the build changed?`)
  return found
}

/** Every file in a folder. */
const below = async (folder: string) =>
  (await readdir(join(assets, folder))).map((name) => `${folder}/${name}`)

async function docsPage() {
  const pages = (await Promise.all(['docs/en', 'docs/ja'].map(below))).flat()
  return [await heaviestOf(pages), 'docs/static/docs.js', 'docs/static/docs.css']
}

async function kilobytes(file: string) {
  const text = await readFile(join(assets, file), 'utf8')
  // What the folders' names happen to be makes a difference of up to 60 bytes, which is no merit or fault.
  const bytes = Buffer.from(text.replace(/\b(later|words)-[0-9a-f]{8}\b/g, '$1-01234567'))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return brotliCompressSync(bytes, { params }).length / 1000
}

await main(async () => {
  const over: string[] = []
  const counted = new Set<string>()
  for (const { what, budget, files } of budgets) {
    let size = 0
    for (const file of await files()) {
      counted.add(file)
      size += await kilobytes(file)
    }
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
  const unknown = (await files()).filter((file) => file.endsWith('.js') && !counted.has(file))
  if (unknown.length) throw new Refusal(`These parts have no budget: ${unknown.join(', ')}.`)
  if (over.length) throw new Refusal(`Over the budget: ${over.join('; ')}.`)
})
