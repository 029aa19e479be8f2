import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

interface Props {
  /** BCP 47. */
  lang: string
  title: string
  /** What search engines may do with it. */
  robots: string
  /** Where this instance is, seen from the page. */
  root: string
  /** A style sheet besides, by its name. */
  sheet?: string
  /** What the page has in its head besides what all have. */
  head?: ComponentChildren
  children: ComponentChildren
}

/** A page of our own, which needs no script. */
export function Document({ lang, title, robots, root, sheet, head, children }: Props) {
  return (
    <html lang={lang} dir={/^(ar|he|fa|ur)\b/.test(lang) ? 'rtl' : 'ltr'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <meta name="robots" content={robots} />
        {head}
        <link rel="stylesheet" href={`${root}/embed/thread.css`} />
        <link rel="stylesheet" href={`${root}/embed/page.css`} />
        {sheet && <link rel="stylesheet" href={`${root}/embed/${sheet}.css`} />}
      </head>
      <body>
        <main>{children}</main>
      </body>
    </html>
  )
}

/** A whole page as HTML. */
export const htmlOf = (page: VNode) => `<!doctype html>${renderToString(page)}`
