import XMLBuilder from 'fast-xml-builder'
import type { Entry, Feed } from './feed.ts'

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressBooleanAttributes: false,
})

/** A feed as Atom (RFC 4287). */
export function atomOf(feed: Feed): string {
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      '@xml:lang': feed.language,
      id: feed.id,
      title: feed.title,
      updated: feed.updated,
      link: [
        ...(feed.self === null
          ? []
          : [{ '@rel': 'self', '@type': 'application/atom+xml', '@href': feed.self }]),
        ...alternate(feed.page),
      ],
      entry: feed.entries.map(entryOf),
    },
  })
}

const entryOf = ({ id, url, title, author, published, updated, html }: Entry) => ({
  id,
  title,
  link: alternate(url),
  author: { name: author.name, ...(author.url !== null && { uri: author.url }) },
  published,
  updated,
  content: { '@type': 'html', '#text': html },
})

const alternate = (href: string | null) =>
  href === null ? [] : [{ '@rel': 'alternate', '@type': 'text/html', '@href': href }]
