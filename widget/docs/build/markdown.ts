import MarkdownIt from 'markdown-it'
import { inLanguage } from '../pages.ts'

/** Code within a line of more characters may be broken; a phone has room for these. */
const longestWhole = 24

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number]

/** A heading of the second level, for the list of what is on the page. */
export interface Section {
  id: string
  title: string
}

/** A page's text. */
export interface Text {
  title: string
  /** All below the title. */
  html: string
  sections: Section[]
}

export interface Options {
  /** Goes into links to other pages at `/docs`, so that they keep the language. */
  lang: string
  /** What the button beside lines of code says, before and after. */
  copy: string
  done: string
  /** What stands for a line `{name}` of the source: Markdown. */
  inserts: Record<string, string>
}

/**
 * The HTML of a page. It begins with its title; other headings name their anchor, `## Queue {#queue}`, so that it is
 * the same in every language.
 * What can be wider than a phone scrolls by itself, and can be reached by keyboard.
 *
 * @param source Markdown, with tables
 * @throws Error where a heading has no anchor, or two have the same
 */
export function textOf(source: string, { lang, copy, done, inserts }: Options): Text {
  const parser = new MarkdownIt('default', { html: false, linkify: false, typographer: true })
  const { rules } = parser.renderer
  const { escapeHtml } = parser.utils
  rules.fence = (tokens, index) =>
    `<figure class="code"><pre tabindex="0"><code>${escapeHtml(tokens[index]?.content.trimEnd() ?? '')}</code></pre>` +
    `<button type="button" data-copy="${escapeHtml(done)}"><span aria-live="polite">${escapeHtml(copy)}</span></button></figure>\n`
  rules.code_inline = (tokens, index) => {
    const content = tokens[index]?.content ?? ''
    return `<code${content.length > longestWhole ? ' class="long"' : ''}>${escapeHtml(content)}</code>`
  }
  rules.table_open = () => '<div class="table" tabindex="0"><table>\n'
  rules.table_close = () => '</table></div>\n'
  const markdown = source.replace(/^\{(\w+)\}$/gm, (line, name) => inserts[name] ?? line)
  const tokens = parser.parse(markdown.replace(/(?<=\d) %/g, '\u00a0%'), {})
  const title = tokens.splice(0, 3)[1]?.content ?? ''
  const sections: Section[] = []
  const ids = new Set<string>()
  for (const [index, token] of tokens.entries()) {
    for (const link of token.children ?? []) leadOn(link, lang)
    const inline = tokens[index + 1]
    if (token.type !== 'heading_open' || !inline) continue
    const [, words = '', id] = /^(.*?)\s*(?:\{#([\w-]+)\})?$/s.exec(inline.content) ?? []
    if (!id || ids.has(id)) throw new Error(`The heading “${words}” needs an anchor of its own: {#name}.`)
    ids.add(id)
    if (token.tag === 'h2') sections.push({ id, title: words })
    token.attrSet('id', id)
    inline.children = parser.parseInline(`[${words}](#${id})`, {})[0]?.children ?? []
  }
  return { title, html: parser.renderer.render(tokens, parser.options, {}), sections }
}

/** Links are written from the root of the host; pages are read in whatever folder the worker is in. */
function leadOn(token: Token, lang: string): void {
  const href = String(token.attrGet('href') ?? '')
  if (href.startsWith('/docs/')) token.attrSet('href', inLanguage(href.slice('/docs/'.length), lang))
  else if (href.startsWith('/')) token.attrSet('href', `..${href}`)
}
