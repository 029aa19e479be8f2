import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const here = import.meta.dirname
const assets = join(here, '../.hankyo/assets')

/** `vite build` makes the embed script, `vite build --mode dashboard` the moderators' app. */
export default defineConfig(({ mode }) => {
  const dashboard = mode === 'dashboard'
  return {
    root: dashboard ? join(here, 'dashboard') : here,
    publicDir: false,
    base: dashboard ? '/dashboard/' : '/',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: dashboard ? [] : [brotli()],
    build: {
      outDir: dashboard ? join(assets, 'dashboard') : assets,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: dashboard
        ? { input: join(here, 'dashboard/index.html') }
        : {
            input: join(here, 'thread/embed.ts'),
            output: { format: 'es', entryFileNames: 'embed.js' },
          },
    },
  }
})

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
