import type { Rendering } from '../../widget/thread/server/rendering.ts'

/** Where a thread's feed is. */
export const feedAddress = ({ host, site, page }: Rendering) =>
  `${host}/v1/sites/${site}/feed.atom?${new URLSearchParams({ key: page.thread.key })}`

/** Tells feed readers of a thread's feed. */
export function FeedLink({ rendering }: { rendering: Rendering }) {
  return <link rel="alternate" type="application/atom+xml" href={feedAddress(rendering)} />
}
