import type { Ctx } from '../../access/identity.ts'
import { threadHtmlQuery } from '../../contract/pageQueries.ts'
import { digest } from '../../crypto.ts'
import { cleanTitle } from '../../http/article.ts'
import { tagsOf } from '../../http/edgeCache.ts'
import { isFresh, keepable, publicly } from '../../http/headers.ts'
import { parse, single } from '../../http/input.ts'
import { publicUrl } from '../../http/publicUrl.ts'
import { threadElement } from '../../pages/threadElement.tsx'
import { threadPage } from '../../queries/threadPage.ts'
import { threadCss } from '../pages/assets.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/sites/:site/thread.html`: a thread to be put into its page before any script runs. */
export async function getThreadHtml(c: Ctx): Promise<Response> {
  publicly(c)
  const query = parse(threadHtmlQuery, single(c.req.queries()))
  const { key, sort, cursor, heading = null, theme, loading, nonce } = query
  const given = cleanTitle(query.title ?? '')
  const siteId = c.req.param('site') ?? ''
  const { site, thread, page } = await threadPage(worldOf(c, siteId), { siteId, key, sort, cursor })
  const html = threadElement(
    {
      host: publicUrl(c),
      ...{ site: site.id, page, lang: query.lang ?? site.locale, sort, heading, given },
      // Without one the heading leaves it out: the page around it says what it is.
      title: given,
      ...(nonce && { nonce }),
    },
    await threadCss(c),
    { theme, loading },
  )
  // A nonce is for one answer.
  if (nonce) return c.html(html)
  keepable(c, 'thread', await tagsOf(c.env, { siteId: site.id, ...(thread && { threadId: thread.id }) }))
  if (isFresh(c, `"${(await digest(html)).slice(0, 22)}"`)) return c.body(null, 304)
  return c.html(html)
}
