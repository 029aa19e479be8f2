import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { type DocsLanguage, languages, pages } from '../pages.ts'
import { parts, properties } from '../playground/names.ts'
import { documentOf, words } from './layout.ts'
import { type Text, textOf } from './markdown.ts'

/** The pages that are written by hand, by name. */
export const written = pages.filter(({ generated }) => !generated).map(({ name }) => name)

/** The text of a written page. */
export function pageText(name: string, lang: DocsLanguage): Text {
  const { layout, copy, done, properties: meanings, parts: pieces } = words[lang]
  const rows = (entries: [string, string][]) =>
    [
      `| ${layout.name} | ${layout.meaning} |`,
      '|---|---|',
      ...entries.map(([a, b]) => `| \`${a}\` | ${b} |`),
    ].join('\n')
  const source = readFileSync(join(import.meta.dirname, `../pages/${lang}/${name}.md`), 'utf8')
  const text = textOf(source, {
    ...{ lang, copy, done },
    inserts: {
      properties: rows(
        (Object.keys(properties) as (keyof typeof properties)[]).map((it) => [
          `--hankyo-${it}`,
          meanings[it],
        ]),
      ),
      parts: rows(parts.map((it) => [`::part(${it})`, pieces[it]])),
    },
  })
  const place = `<div id="playground"><p>${layout.script}</p></div>`
  return { ...text, html: text.html.replace('<p>{playground}</p>', place) }
}

/** Builds the written pages in each language, `LANGUAGE/NAME.html`, and the script and style sheet they name. */
export function docsPages(): Plugin {
  return {
    name: 'docs-pages',
    config: () => ({
      build: {
        rolldownOptions: {
          input: join(import.meta.dirname, '../main.ts'),
          output: { entryFileNames: 'static/docs.js', assetFileNames: 'static/docs[extname]' },
        },
      },
    }),
    generateBundle() {
      for (const name of written)
        for (const lang of languages)
          this.emitFile({
            type: 'asset',
            fileName: `${lang}/${name}.html`,
            source: documentOf(name, lang, pageText(name, lang)),
          })
    },
  }
}
