import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { slimPreact } from './slimPreact.ts'

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
    base: app ? `/${app}/` : './',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: app ? [] : [slimPreact(), words(), untried(), askAgain(), brotli()],
    build: {
      outDir: app ? join(assets, app) : assets,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // A library: Vite adds nothing of its own to its `import()`.
      lib: app ? false : { entry: join(here, 'thread/embed.ts'), formats: ['es'] },
      rolldownOptions: app
        ? {
            input: (app === 'docs' ? ['embed.html', 'api.html'] : ['index.html']).map((page) =>
              join(here, app, page),
            ),
          }
        : {
            output: {
              // One chunk holds all that must not be asked for after embed.js, and is it: parts import from it.
              codeSplitting: {
                groups: [
                  { name: 'core', test: /widget\/(thread\/(?!later\/)|common\/(?!markdown))|\/preact\// },
                ],
              },
              entryFileNames: 'embed/entry.js',
              chunkFileNames: ({ name }) => (name === 'core' ? 'embed.js' : 'embed/[name]-[hash:6].js'),
              minify: true,
              comments: false,
            },
          },
    },
  }
})

const locales = join(here, 'common/locales')
const localeFiles = readdirSync(locales).filter((name) => name.endsWith('.json'))
const wordsHash = createHash('sha256')
for (const name of localeFiles) wordsHash.update(readFileSync(join(locales, name)))
const wordsFolder = `embed/words-${wordsHash.digest('hex').slice(0, 8)}`

/** Two files a language: the words to read and post, and those that come with the parts. */
function words(): Plugin {
  return {
    name: 'words',
    config: () => ({ define: { wordsFolder: JSON.stringify(wordsFolder) } }),
    generateBundle() {
      for (const name of localeFiles) {
        const { thread, page: _, feed: __, ...parts } = JSON.parse(readFileSync(join(locales, name), 'utf8'))
        const file = (kind: string, data: unknown) =>
          this.emitFile({
            type: 'asset',
            fileName: `${wordsFolder}/${name.replace('.json', kind)}.json`,
            source: JSON.stringify(data),
          })
        file('', thread)
        file('.more', Object.assign({}, ...Object.values(parts)))
      }
      // Types for whoever embeds the thread in JSX.
      const types = readFileSync(join(here, 'thread/index.d.ts'), 'utf8')
      this.emitFile({ type: 'asset', fileName: 'index.d.ts', source: types })
      for (const name of ['thread.css', 'page.css'])
        this.emitFile({
          type: 'asset',
          fileName: `embed/${name}`,
          source: minified(readFileSync(join(here, 'thread/view', name), 'utf8')),
        })
    },
  }
}

/** Style sheets for threads that come without the script. */
function minified(css: string): string {
  return css.replace(/\s+/g, ' ').replace(/ ?([{};:,>]) ?/g, '$1')
}

/** Turndown tries whether HTML can be parsed as soon as it is there, which strict pages report. */
function untried(): Plugin {
  return {
    name: 'untried',
    transform: (code, id) =>
      /turndown\.browser/.test(id)
        ? code.replace('canParseHTMLNatively() ? root.DOMParser : createHTMLParser()', 'root.DOMParser')
        : null,
  }
}

/** Browsers remember a module that could not be loaded; only under another address do they ask again. */
function askAgain(): Plugin {
  return {
    name: 'ask-again',
    generateBundle(_, bundle) {
      delete bundle['embed/entry.js']
      const embed = bundle['embed.js']
      if (embed?.type !== 'chunk') return
      embed.code =
        embed.code.replace(/\bimport(\([`"'])/g, 'loadPart$1') +
        'function loadPart(path){return import(path).catch(()=>import(path+"?"+Date.now()))}'
    },
  }
}

/** Puts a file compressed as far as brotli goes beside each file; an edge compresses less. */
function brotli(): Plugin {
  return {
    name: 'brotli',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle))
        this.emitFile({
          type: 'asset',
          fileName: `${file.fileName}.br`,
          source: brotliCompressSync(file.type === 'chunk' ? file.code : file.source),
        })
    },
  }
}
