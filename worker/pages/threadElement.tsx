import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { languageOf } from '../../widget/common/i18n.ts'
import { type Rendering, servedJson, wordsOn } from '../../widget/thread/server/rendering.ts'
import { ServedThread } from '../../widget/thread/server/ServedThread.tsx'
import type { ThreadPage } from '../contract/thread.ts'
import { FeedLink } from './feedLink.tsx'
import { Data, Style } from './rawText.tsx'
import { structuredData } from './structuredData.ts'

/**
 * `<hankyo-thread>` with the thread in it: to be put into a page where it is built or served. Readable
 * without a script; where embed.js runs, the element goes on from it without asking for anything.
 *
 * @param css the thread's style sheet
 * @param more the page as JSON where it is at hand, and attributes that the script or its styles go by
 */
export function threadElement(
  rendering: Rendering,
  css: string,
  {
    pageJson = JSON.stringify(rendering.page),
    ...more
  }: { pageJson?: string; theme?: string | undefined; loading?: string | undefined } = {},
): string {
  const { site, page, lang, sort, heading } = rendering
  const attributes = {
    site,
    // JSX keeps `key` to itself.
    'data-key': page.thread.key,
    title: titleOf(rendering),
    lang: languageOf(lang).tag,
    sort: sort === 'oldest' ? undefined : sort,
    heading: heading || undefined,
    ...more,
  }
  // What is for search engines alone comes last, so that neither readers nor the script wait for it.
  return renderToString(
    h(
      'hankyo-thread',
      attributes,
      <ShadowRoot rendering={rendering} css={css} />,
      <FeedLink rendering={rendering} />,
      <Data type="application/json" json={servedJson(rendering, pageJson)} />,
      <Data type="application/ld+json" json={JSON.stringify(structuredData(page, titleOf(rendering)))} />,
    ),
  )
}

/** What the owner of the page calls it goes before what its readers did. */
const titleOf = ({ page, given }: Rendering) =>
  page.thread.givenTitle || given || page.thread.title || undefined

function ShadowRoot({ rendering, css }: { rendering: Rendering; css: string }) {
  const { host, site, page, lang, nonce } = rendering
  const title = titleOf(rendering)
  const query = new URLSearchParams({ key: page.thread.key, lang, ...(title && { title }) })
  return (
    <template shadowrootmode="open">
      <Style css={isLong(page) ? css + outOfView : css} nonce={nonce} />
      <ServedThread rendering={rendering} />
      <noscript>
        <Style css="button:not([name]),form{display:none}" nonce={nonce} />
        <p class="notice">
          <a href={`${host}/t/${site}?${query}`}>{wordsOn(lang).say('writeHere')}</a>
        </p>
      </noscript>
    </template>
  )
}

/**
 * A slow phone need not lay out at once what is likely out of view. Where fewer comments follow it could move what is
 * in view; the script's own style sheet, which comes in its place, waits a little longer.
 */
const outOfView = '.thread>.list>li:nth-child(n+4){content-visibility:auto;contain-intrinsic-size:auto 11em}'
const isLong = ({ items }: ThreadPage) => items.filter(({ parentId }) => !parentId).length > 12
