import type { Ctx } from '../../access/identity.ts'
import { limitReads } from '../../access/readLimit.ts'
import { threadHtmlQuery } from '../../contract/pageQueries.ts'
import { digest } from '../../crypto.ts'
import { cleanTitle } from '../../http/article.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { isFresh, keepable, publicly } from '../../http/headers.ts'
import { publicQuery } from '../../http/publicQuery.ts'
import { publicUrl, voucherOf } from '../../http/publicUrl.ts'
import { Refusal } from '../../http/refusal.ts'
import { threadElement } from '../../pages/threadElement.tsx'
import { pageJson, pageView } from '../../queries/pageView.ts'
import { threadPage } from '../../queries/threadPage.ts'
import { threadCss } from '../pages/assets.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/sites/:site/thread.html`: a thread to be put into its page before any script runs. */
export async function getThreadHtml(c: Ctx): Promise<Response> {
  publicly(c)
  const { query, isUsual } = publicQuery(c, threadHtmlQuery)
  const { key, sort, cursor, heading = null, theme, loading, nonce } = query
  const given = cleanTitle(query.title ?? '')
  const siteId = c.req.param('site') ?? ''
  await limitReads(c)
  const wanted = { siteId, key, sort, cursor, form: 'element' } as const
  const { site, thread, page } = await threadPage(worldOf(c, siteId), wanted)
  const voucher = voucherOf(c, site)
  if (voucher === 'nobody')
    throw new Refusal('invalid', {
      message:
        `Hankyo does not know the host ${new URL(c.req.url).host}, which this HTML would name. ` +
        'Start it with --public-url.',
    })
  // A part of the owner's page, titled as that says: it is not shown as a page of ours, whose title anyone could say.
  c.header('content-disposition', 'attachment; filename="thread.html"')
  const html = threadElement(
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
  // A nonce is for one answer, and a host that the proxy alone knows for who asked by it.
  if (nonce || voucher === 'proxy') return c.html(html)
  const tags = await tagsOf(c.env, { siteId: site.id, ...(thread && { threadId: thread.id }) })
  keepable(c, 'thread', { tags, isUsual })
  if (isFresh(c, `"${(await digest(html)).slice(0, 22)}"`)) return c.body(null, 304)
  return c.html(html)
}
