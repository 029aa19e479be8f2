import type { Entry, Feed } from './feed.ts'

/** A feed as JSON Feed 1.1 has it. */
export function jsonFeedOf(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    ...(feed.page !== null && { home_page_url: feed.page }),
    ...(feed.self !== null && { feed_url: feed.self }),
    language: feed.language,
    items: feed.entries.map(itemOf),
  })
}

const itemOf = ({ id, url, title, author, published, updated, html }: Entry) => ({
  id,
  ...(url !== null && { url }),
  title,
  content_html: html,
  date_published: published,
  date_modified: updated,
  authors: [{ name: author.name, ...(author.url !== null && { url: author.url }) }],
})
