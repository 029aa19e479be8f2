import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { dashboardBuild } from './dashboard/build/plugin.ts'
import { docsPages } from './docs/build/pages.ts'
import { parts } from './thread/parts.ts'

const here = import.meta.dirname
const assets = join(here, '../.hankyo/assets')

/**
 * `vite build` makes the embed script and, under `embed/`, the parts of it that are loaded when they
 * are needed; `vite build --mode dashboard` makes the moderators' app, `--mode docs` the pages at `/docs`.
 */
export default defineConfig(({ mode }) => {
  const app = mode === 'production' ? undefined : mode
  return {
    root: app ? join(here, app) : here,
    publicDir: false,
    base: './',
    // The dashboard's page stands beside the folder of its files.
    ...(app && {
      experimental: {
        renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `${app}/${file}` : { relative: true }),
      },
    }),
    oxc: app ? { jsx: { runtime: 'automatic', importSource: 'preact' } } : lean,
    plugins: app ? pluginsOf[app] : [words(), brotli()],
    worker: { format: 'es', plugins: () => [withoutNode()] },
    define: { wordsFolder: JSON.stringify(wordsFolder), laterFolder: JSON.stringify(laterFolder) },
    build: {
      outDir: app ? join(assets, app) : assets,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: app ? { polyfill: false } : false,
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // A library: Vite adds nothing of its own to its `import()`.
      lib: app ? false : { entry: { embed, ...partFiles }, formats: ['es'] },
      rolldownOptions: app
        ? { input: join(here, app, 'index.html') }
        : {
            preserveEntrySignatures: 'allow-extension',
            output: {
              // One chunk holds all that is needed from the start: what is loaded later imports from it.
              codeSplitting: {
                groups: [
                  {
                    debugName: 'embed',
                    name: (id, build) => (isInitial(id, (id) => build.getModuleInfo(id)) ? 'embed' : null),
                  },
                ],
              },
              entryFileNames: ({ name }) => (name === 'embed' ? 'embed.js' : part),
              chunkFileNames: part,
              minify: true,
              comments: false,
            },
          },
    },
  }
})

/** What the apps are built with besides. */
const pluginsOf: Record<string, Plugin[]> = { docs: [docsPages()], dashboard: [dashboardBuild()] }
/** JSX by `h`, which Preact itself uses: readers need not load another function for it. */
const lean = {
  jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' },
  jsxInject: "import { Fragment, h } from 'preact'",
} as const

const locales = join(here, 'common/locales')
const localeFiles = readdirSync(locales).filter((name) => name.endsWith('.json'))
const wordsFolder = `embed/words-${hashOf(localeFiles.map((name) => join(locales, name)))}`
const laterFolder = `embed/later-${hashOf([
  ...['thread', 'common', '../worker/contract'].flatMap((folder) => sourcesIn(join(here, folder))),
  join(here, '../package-lock.json'),
  import.meta.filename,
])}`

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}

/** Names a folder after what is in its files: browsers keep these for good. */
function hashOf(files: string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file)).update('\0')
  return hash.digest('hex').slice(0, 8)
}

/** Five files a language: the words to read, those of forms, what may become of a comment, what readers ask for, and staff. */
function words(): Plugin {
  return {
    name: 'words',
    generateBundle() {
      for (const name of localeFiles) {
        const { thread, writing, own, errors, reasons, reading, formatting, telling, staff } = JSON.parse(
          readFileSync(join(locales, name), 'utf8'),
        )
        const kinds = {
          '': thread,
          '.writing': writing,
          '.more': { ...own, ...errors, ...reasons },
          '.asked': { ...reading, ...formatting, ...telling },
          '.staff': staff,
        }
        for (const [kind, data] of Object.entries(kinds))
          this.emitFile({
            type: 'asset',
            fileName: `${wordsFolder}/${name.replace('.json', kind)}.json`,
            source: JSON.stringify(data),
          })
      }
      // Types for whoever embeds the thread in JSX.
      const types = readFileSync(join(here, 'thread/index.d.ts'), 'utf8')
      this.emitFile({ type: 'asset', fileName: 'index.d.ts', source: types })
      const sheets = { thread: ['thread', 'forms'], page: ['page', 'telling'], message: ['message'] }
      for (const [name, parts] of Object.entries(sheets)) {
        const css = parts.map((part) => readFileSync(join(here, `thread/view/${part}.css`), 'utf8'))
        this.emitFile({ type: 'asset', fileName: `embed/${name}.css`, source: minified(css.join('')) })
      }
    },
  }
}

/** Readers of XML and SQLite ask for modules of Node, too, and do without where these are empty. */
function withoutNode(): Plugin {
  return {
    name: 'without-node',
    enforce: 'pre',
    resolveId: (id) => (/^(stream|node:fs|node:crypto)$/.test(id) ? '\0empty' : null),
    load: (id) => (id === '\0empty' ? 'export default {}' : null),
  }
}

/** Style sheets for threads that come without the script. */
function minified(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?|(:) /g, '$1$2')
}

/** Their folder says what they are, so that `later.ts` knows their addresses. */
const part = `${laterFolder}/[name].js`
const embed = join(here, 'thread/embed.ts')
const partFiles = Object.fromEntries(
  Object.entries(parts).map(([name, file]) => [name, join(here, 'thread', file)]),
)
let initial: Set<string> | undefined

/** Whether a module is needed from the start. */
function isInitial(id: string, infoOf: (id: string) => { importedIds: string[] } | null): boolean {
  if (!initial) {
    initial = new Set([embed])
    for (const found of initial) for (const next of infoOf(found)?.importedIds ?? []) initial.add(next)
  }
  return initial.has(id)
}

/** Puts the script compressed as far as brotli goes beside it; an edge compresses less. */
function brotli(): Plugin {
  return {
    name: 'brotli',
    enforce: 'post',
    generateBundle(_, bundle) {
      const { 'embed.js': script } = bundle
      if (script?.type === 'chunk')
        this.emitFile({ type: 'asset', fileName: 'embed.js.br', source: brotliCompressSync(script.code) })
    },
  }
}
