import { languageOf } from '../../widget/common/i18n.ts'
import { textOf } from '../../widget/common/markdown.ts'
import { type Rendering, renderThread, servedWith, wordsOn } from '../../widget/thread/server.tsx'
import type { ContentNode } from '../contract/content.ts'
import type { ThreadPage } from '../contract/thread.ts'

/** Text in HTML, between tags or in a double-quoted attribute. */
export const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '')

/** JSON inside a `<script>`: nothing in it can end the element. */
const inScript = (data: unknown) => JSON.stringify(data).replace(/</g, '\\u003c')

/**
 * `<hankyo-thread>` with the thread in it: to be put into a page where it is built or served. Readable
 * without a script; where embed.js runs, the element goes on from it without asking for anything.
 *
 * @param css the thread's style sheet
 */
export function threadElement(rendering: Rendering, css: string): string {
  const { site, page, lang, sort, heading, host, nonce } = rendering
  const title = page.thread.title || rendering.given
  const attributes = {
    site,
    key: page.thread.key,
    ...(title && { title }),
    lang: languageOf(lang).tag,
    ...(sort !== 'oldest' && { sort }),
    ...(heading && { heading }),
  }
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`)
  const plain = `${host}/t/${site}?${new URLSearchParams({ key: page.thread.key, lang, ...(title && { title }) })}`
  const style = nonce ? `<style nonce="${escaped(nonce)}">` : '<style>'
  const { say } = wordsOn(lang)
  return [
    `<hankyo-thread${written.join('')}>`,
    `<template shadowrootmode="open">${style}${css}${isLong(page) ? outOfView : ''}</style>${renderThread(rendering)}`,
    `<noscript>${style}button:not([name]),form{display:none}</style>`,
    `<p class="notice"><a href="${escaped(plain)}">${escaped(say('writeHere'))}</a></p></noscript>`,
    '</template>',
    `<link rel="alternate" type="application/atom+xml" href="${escaped(feedOf(rendering))}">`,
    `<script type="application/ld+json">${inScript(structured(page))}</script>`,
    `<script type="application/json">${inScript(servedWith(rendering))}</script>`,
    '</hankyo-thread>',
  ].join('')
}

const feedOf = ({ host, site, page }: Rendering) =>
  `${host}/v1/sites/${site}/feed.atom?${new URLSearchParams({ key: page.thread.key })}`

/**
 * A slow phone need not lay out at once what is likely out of view. Where fewer comments follow it could move what is
 * in view; the script's own style sheet, which comes in its place, waits a little longer.
 */
const outOfView = '.thread>.list>li:nth-child(n+4){content-visibility:auto;contain-intrinsic-size:auto 11em}'
const isLong = ({ items }: ThreadPage) => items.filter(({ parentId }) => !parentId).length > 12

/** The comments as schema.org describes them, for search engines. */
export function structured({ thread, items }: ThreadPage) {
  const url = (id: string) => (thread.url ? `${thread.url}#comment-${id}` : undefined)
  const shown = items.filter(({ gone }) => !gone)
  return {
    '@context': 'https://schema.org',
    '@type': 'WebPage',
    url: thread.url ?? undefined,
    name: thread.title ?? undefined,
    commentCount: thread.count,
    comment: shown.map(({ id, parentId, author, content, createdAt, editedAt, likes }) => ({
      '@type': 'Comment',
      '@id': `urn:uuid:${id}`,
      url: url(id),
      text: plainText(content),
      dateCreated: createdAt,
      dateModified: editedAt ?? undefined,
      upvoteCount: likes,
      author: { '@type': 'Person', name: author.name, url: author.url ?? undefined },
      parentItem: parentId ? { '@type': 'Comment', '@id': `urn:uuid:${parentId}` } : undefined,
    })),
  }
}

const plainText = (content: ContentNode[]) => textOf(content).trim()

interface PlainPage {
  rendering: Rendering
  /** Whether a comment was just received. */
  received?: boolean
  /** Where its author can see what becomes of it. */
  follow?: string
  /** A sentence in place of the form, where the site's pages take comments by script only. */
  needsScript?: boolean
}

/** A thread on a page of its own, which needs no script: `/t/:site`. */
export function plainPage({ rendering, received, follow, needsScript }: PlainPage): string {
  const { lang, page, title } = rendering
  const { say, tag } = wordsOn(lang)
  const { thread } = page
  const heading = (name: string) => escaped(say('title', { title: '\0' })).replace('\0', () => name)
  const feed = feedOf(rendering)
  const article = thread.url && escaped(thread.url)
  return document(tag, [
    `<title>${heading(escaped(title))}</title>`,
    '<meta name="robots" content="noindex,follow">',
    article && `<link rel="canonical" href="${article}">`,
    `<link rel="alternate" type="application/atom+xml" href="${escaped(feed)}">`,
    styles,
    '</head><body><main>',
    !thread.count && `<h1>${heading(`<bdi>${escaped(title)}</bdi>`)}</h1>`,
    article && `<p><a href="${article}">${escaped(say('article'))}</a></p>`,
    received && `<p class="notice" role="status">${escaped(say('received'))}</p>`,
    follow &&
      `<p class="notice"><a href="${escaped(follow)}" rel="nofollow">${escaped(say('follow'))}</a></p>`,
    needsScript && `<p class="notice">${escaped(say('needsScript'))}</p>`,
    renderThread(rendering),
    `<footer><a href="${escaped(feed)}">${escaped(say('feed'))}</a></footer>`,
  ])
}

/** The style sheets of a page of our own. */
export const styles = ['thread', 'page']
  .map((name) => `<link rel="stylesheet" href="/embed/${name}.css">`)
  .join('')

/** A page of our own. */
export function document(tag: string, parts: (string | null | undefined | false)[]): string {
  const direction = /^(ar|he|fa|ur)\b/.test(tag) ? 'rtl' : 'ltr'
  return [
    `<!doctype html><html lang="${escaped(tag)}" dir="${direction}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">',
    ...parts.filter(Boolean),
    '</main></body></html>',
  ].join('\n')
}
