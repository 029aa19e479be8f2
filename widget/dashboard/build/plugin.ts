import { join } from 'node:path'
import type { Plugin } from 'vite'
import { appFiles, appFolder } from './app.ts'
import { wordFiles, wordSources, wordsFolder } from './words.ts'

const early = join(import.meta.dirname, '../early.ts')
const pushWorker = join(import.meta.dirname, '../pushWorker.ts')

/**
 * Builds the words into files that are loaded one by one, and has a small script ask for the first of them while the
 * desk's own, which is fifty times as large, is still on its way.
 */
export function dashboardBuild(): Plugin {
  let first: Set<string> | undefined
  return {
    name: 'dashboard',
    config: () => ({
      define: {
        deskWordsFolder: JSON.stringify(wordsFolder()),
        appFolderName: JSON.stringify(appFolder()),
      },
      build: {
        rolldownOptions: {
          preserveEntrySignatures: 'allow-extension',
          output: {
            codeSplitting: {
              groups: [
                {
                  debugName: 'early',
                  name(id, build) {
                    if (!first) {
                      first = new Set([early])
                      for (const found of first)
                        for (const next of build.getModuleInfo(found)?.importedIds ?? []) first.add(next)
                    }
                    return first.has(id) ? 'early' : null
                  },
                },
              ],
            },
          },
        },
      },
    }),
    buildStart() {
      for (const source of wordSources) this.addWatchFile(source)
      this.emitFile({ type: 'chunk', id: early, name: 'early' })
      // It keeps its address: a browser that has it asks there for the next one.
      this.emitFile({ type: 'chunk', id: pushWorker, fileName: 'push.js' })
    },
    generateBundle() {
      const folders = { [wordsFolder()]: wordFiles(), [appFolder()]: appFiles() }
      for (const [folder, files] of Object.entries(folders))
        for (const [name, source] of files)
          this.emitFile({ type: 'asset', fileName: `assets/${folder}/${name}`, source })
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        const script = Object.values(bundle ?? {}).find(
          (file) => file.type === 'chunk' && file.moduleIds.includes(early),
        )
        if (!script) throw new Error('The early script is not among what was built.')
        // In place of its preload, which would load it without running it.
        return html
          .replace(new RegExp(`\\s*<link rel="modulepreload"[^>]*${script.fileName}[^>]*>`), '')
          .replace(
            '<script ',
            `<script type="module" src="dashboard/${script.fileName}"></script>\n    <script `,
          )
          .replaceAll('app:', `dashboard/assets/${appFolder()}/`)
      },
    },
  }
}
