import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { languages as threadLanguages } from '../../../worker/contract/languages.ts'
import { type DocsLanguage, languages, pages } from '../pages.ts'
import { parts, properties } from '../playground/names.ts'
import { documentOf, words } from './layout.ts'
import { type Text, textOf } from './markdown.ts'

/** The text of a written page. */
export function pageText(name: string, lang: DocsLanguage): Text {
  const { layout, copy, done, properties: meanings, parts: pieces } = words[lang]
  const rows = (entries: [string, string][]) =>
    [
      `| ${layout.name} | ${layout.meaning} |`,
      '|---|---|',
      ...entries.map(([a, b]) => `| \`${a}\` | ${b} |`),
    ].join('\n')
  const source = readFileSync(join(import.meta.dirname, `../pages/${lang}/${name}.md`), 'utf8').replace(
    '{languages}',
    threadLanguages.map((it) => `\`${it}\``).join(lang === 'ja' ? '、' : ', '),
  )
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
  // What a script draws has its place: the playground, the routes of an audience, the types.
  const html = text.html.replace(
    /<p>\{(playground|types|routes)(?: (\w+))?\}<\/p>/g,
    (_, place, of = '') =>
      `<div data-place="${place}" data-of="${of}"><p>${place === 'playground' ? layout.script : layout.apiScript}</p></div>`,
  )
  return { ...text, html }
}

/** Builds the pages in each language, `LANGUAGE/NAME.html`, and the script and style sheet they name. */
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
      for (const { name } of pages)
        for (const lang of languages)
          this.emitFile({
            type: 'asset',
            fileName: `${lang}/${name}.html`,
            source: documentOf(name, lang, pageText(name, lang)),
          })
    },
  }
}
