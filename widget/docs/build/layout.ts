import { html, raw } from 'hono/html'
import en from '../locales/en.json' with { type: 'json' }
import ja from '../locales/ja.json' with { type: 'json' }
import { type DocsLanguage, inLanguage, languages, pages } from '../pages.ts'
import type { Section, Text } from './markdown.ts'

export const words = { en, ja }

const languageNames: Record<DocsLanguage, string> = { en: 'English', ja: '日本語' }

/** The whole document of a page at `/docs`: navigation, the list of what is on it, and its text. It holds in any folder. */
export function documentOf(name: string, lang: DocsLanguage, text: Text): string {
  const { layout } = words[lang]
  return String(html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text.title} · Hankyo</title>
${languages.map((other) => html`<link rel="alternate" hreflang="${other}" href="${inLanguage(name, other)}">\n`)}
<link rel="icon" href="data:,">
<link rel="stylesheet" href="static/docs.css">
<script type="module" src="static/docs.js"></script>
</head>
<body>
<a class="skip" href="#content">${layout.skip}</a>
<header>
<a class="home" href="${inLanguage('embed', lang)}">Hankyo <span lang="ja">反響</span></a>
<nav class="languages" aria-label="${layout.languages}">
${languages.map(
  (other) =>
    html`<a href="${inLanguage(name, other)}" hreflang="${other}" lang="${other}" data-language="${other}"${current(other === lang)}>${languageNames[other]}</a>\n`,
)}
</nav>
</header>
<div class="body">
<div class="side">
<nav class="pages" aria-label="${layout.pages}">
${pages.map(
  (page) =>
    html`<a href="${inLanguage(page.name, lang)}"${current(page.name === name)}>${page.title[lang]}</a>\n`,
)}
</nav>
<nav class="sections" aria-label="${layout.sections}">${sectionList(text.sections)}</nav>
<nav aria-label="${layout.sections}"><details class="sections"><summary>${layout.sections}</summary>${sectionList(text.sections)}</details></nav>
</div>
<main id="content">
<h1>${text.title}</h1>
${raw(text.html)}
</main>
</div>
</body>
</html>
`)
}

const current = (is: boolean) => (is ? raw(' aria-current="page"') : '')

const sectionList = (sections: Section[]) =>
  html`<ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>\n`)}</ul>`
