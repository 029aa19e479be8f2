import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { limits } from '../worker/contract.ts'

const here = import.meta.dirname
const assets = join(here, '../.hankyo/assets')

/**
 * `vite build` makes the embed script and, under `embed/`, the parts of it that are loaded when they
 * are needed; `vite build --mode dashboard` makes the moderators' app.
 */
export default defineConfig(({ mode }) => {
  const dashboard = mode === 'dashboard'
  return {
    root: dashboard ? join(here, 'dashboard') : here,
    publicDir: false,
    base: dashboard ? '/dashboard/' : './',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: dashboard ? [] : [sections(), numbers(), askAgain(), brotli()],
    build: {
      outDir: dashboard ? join(assets, 'dashboard') : assets,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // A library: Vite adds nothing of its own to its `import()`.
      lib: dashboard ? false : { entry: join(here, 'thread/embed.ts'), formats: ['es'] },
      rolldownOptions: dashboard
        ? { input: join(here, 'dashboard/index.html') }
        : {
            // The parts import from embed.js itself: nothing else may be asked for before the first comment.
            preserveEntrySignatures: false,
            output: {
              entryFileNames: 'embed.js',
              chunkFileNames: 'embed/[name]-[hash:6].js',
              minify: true,
              comments: false,
            },
          },
    },
  }
})

/** A locale lies in one chunk, whole, unless each part of the script has a copy to take its sections from. */
function sections(): Plugin {
  return {
    name: 'sections',
    enforce: 'pre',
    async resolveId(source, importer = '') {
      const part = importer.match(/\/parts\/(\w+)/)?.[1]
      if (!part || !source.endsWith('.json')) return null
      return `${join(importer, '..', source)}?${part}`
    },
    async load(id) {
      if (!/\.json\?/.test(id)) return null
      return { code: await readFile(id.replace(/\?.*/, ''), 'utf8'), moduleType: 'json' }
    },
  }
}

/** A limit is written where it is used, as its number: two are needed of all there are. */
function numbers(): Plugin {
  return {
    name: 'numbers',
    transform: (code, id) =>
      id.startsWith(join(here, 'thread'))
        ? code.replace(/\blimits\.(\w+)/g, (_, name: keyof typeof limits) => String(limits[name]))
        : null,
  }
}

/** Browsers remember a module that could not be loaded; only under another address do they ask again. */
function askAgain(): Plugin {
  return {
    name: 'ask-again',
    generateBundle(_, bundle) {
      const embed = bundle['embed.js']
      if (embed?.type !== 'chunk') return
      embed.code =
        embed.code.replace(/\bimport(\([`"'])/g, 'loadPart$1') +
        'function loadPart(path){return import(path).catch(()=>import(path+"?"+Date.now()))}'
    },
  }
}

/** Puts a file compressed as far as brotli goes beside each script; an edge compresses less. */
function brotli(): Plugin {
  return {
    name: 'brotli',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk')
          this.emitFile({
            type: 'asset',
            fileName: `${chunk.fileName}.br`,
            source: brotliCompressSync(chunk.code),
          })
    },
  }
}
