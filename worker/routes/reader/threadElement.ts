import type { Ctx } from '../../access/identity.ts'
import { threadHtmlQuery } from '../../contract/pageQueries.ts'
import { cleanTitle } from '../../http/article.ts'
import { publicly } from '../../http/headers.ts'
import { publicQuery } from '../../http/publicQuery.ts'
import { publicUrl, voucherOf } from '../../http/publicUrl.ts'
import { Refusal } from '../../http/refusal.ts'
import { threadElement } from '../../pages/threadElement.tsx'
import { pageJson, pageView } from '../../queries/pageView.ts'
import { threadPage } from '../../queries/threadPage.ts'
import { threadCss } from '../pages/assets.ts'
import { sendRendered } from './rendered.ts'

/** `GET /v1/sites/:site/thread.html`: a thread to be put into its page before any script runs. */
export async function getThreadHtml(c: Ctx): Promise<Response> {
  publicly(c)
  const { query, cacheKey, isUsual } = publicQuery(c, threadHtmlQuery)
  const { key, sort, cursor, heading = null, theme, loading, nonce } = query
  const given = cleanTitle(query.title ?? '')
  const siteId = c.req.param('site') ?? ''
  // A part of the owner's page, titled as that says: it is not shown as a page of ours, whose title anyone could say.
  c.header('content-disposition', 'attachment; filename="thread.html"')
  // A nonce is for one answer.
  const asked = { cacheKey, isUsual, read: 'thread', type: 'text/html', once: nonce !== undefined } as const
  return sendRendered(c, asked, async (world) => {
    const wanted = { siteId, key, sort, cursor, form: 'element' } as const
    const { site, thread, page } = await threadPage(world, wanted)
    if (voucherOf(c, site) === 'nobody')
      throw new Refusal('invalid', {
        message:
          `Hankyo does not know the host ${new URL(c.req.url).host}, which this HTML would name. ` +
          'Start it with --public-url.',
      })
    const text = threadElement(
      {
        host: publicUrl(c),
        ...{ site: site.id, page: pageView(page), lang: query.lang ?? site.locale, sort, heading, given },
        // Without one the heading leaves it out: the page around it says what it is.
        title: given,
        ...(nonce && { nonce }),
      },
      await threadCss(c),
      { theme, loading, pageJson: pageJson(page) },
    )
    return { text, site, threadId: thread?.id }
  })
}
