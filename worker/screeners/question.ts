/** What a service outside is told of a comment. It says nothing of the reader that the comment itself does not. */
export interface Question {
  /** `url` is where the site's pages live, `locale` BCP 47. */
  site: { id: string; locale: string; url: string }
  /** `postedAt` in ISO 8601, UTC. */
  comment: { id: string; body: string; postedAt: string }
  author: { name: string; email: string | null; url: string | null }
  page: { url: string | null; title: string | null }
}

/** What services outside are told of a comment. */
export function questionOf(comment: {
  siteId: string
  locale: string
  origins: string
  id: string
  body: string
  createdAt: number
  name: string
  email: string | null
  url: string | null
  pageUrl: string
  pageTitle: string
}): Question {
  const registered = (JSON.parse(comment.origins) as string[]).find((origin) => !origin.includes('*'))
  const url =
    /^https?:/i.test(comment.pageUrl) && URL.canParse(comment.pageUrl)
      ? new URL(comment.pageUrl).origin
      : (registered ?? '')
  return {
    site: { id: comment.siteId, locale: comment.locale, url },
    comment: { id: comment.id, body: comment.body, postedAt: new Date(comment.createdAt).toISOString() },
    author: { name: comment.name, email: comment.email, url: comment.url },
    page: { url: comment.pageUrl || null, title: comment.pageTitle || null },
  }
}
