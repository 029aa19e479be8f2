import { join } from 'node:path'
import { defineConfig } from 'vite'

const dom = join(import.meta.dirname, 'thread/dom.ts')
const out = join(import.meta.dirname, '../.hankyo/assets')

/** `vite build` makes the embed script, `vite build --mode dashboard` the moderators' app. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  // The thread is written for Preact and drawn by the small part of it that it needs.
  resolve: { alias: mode === 'dashboard' ? [] : [{ find: /^preact(\/jsx-runtime)?$/, replacement: dom }] },
  publicDir: false,
  base: mode === 'dashboard' ? '/dashboard/' : '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: mode === 'dashboard' ? join(out, 'dashboard') : out,
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions:
      mode === 'dashboard'
        ? { input: join(import.meta.dirname, 'dashboard/index.html') }
        : {
            input: join(import.meta.dirname, 'thread/embed.ts'),
            output: { format: 'es', entryFileNames: 'embed.js' },
          },
  },
}))
