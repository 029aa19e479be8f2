import { homeOf } from '../contract/pageAddress.ts'
import type { Status } from '../contract/status.ts'
import type { Exporter } from './exporter.ts'
import { element, htmlOf, xmlText } from './xml.ts'

/** What WordPress calls the states; it has no other place for what was refused than its trash. */
const approved: Record<Status, string> = {
  ...{ approved: '1', pending: '0', spam: 'spam' },
  ...{ rejected: 'trash', deleted: 'trash' },
}

/** A time as WordPress writes it, UTC. */
const timeOf = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ')

/**
 * WordPress's export, WXR 1.2 (https://github.com/WordPress/WordPress/blob/master/wp-admin/includes/export.php), which its importer
 * reads, and Disqus's with `dsq:thread_identifier`. Each page is a post. Times are UTC, in both of their fields. Comments
 * stand in the order of their times. An answer has a higher number than what it answers: WordPress brings them by their numbers.
 */
export const wxr: Exporter = {
  file: 'wordpress.xml',
  statuses: ['approved', 'pending', 'spam', 'rejected', 'deleted'],
  head({ name, origins, locale }) {
    const home = homeOf(origins) ?? ''
    return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dsq="http://www.disqus.com/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
${element('title', name)}
${element('link', home)}
<description></description>
${element('language', locale)}
<wp:wxr_version>1.2</wp:wxr_version>
${element('wp:base_site_url', home)}
${element('wp:base_blog_url', home)}
`
  },
  open: ({ id, key, address, title, closedAt, createdAt }) => `<item>
${element('title', title || key)}
${element('link', address)}
${element('pubDate', new Date(createdAt).toUTCString())}
<dc:creator></dc:creator>
<guid isPermaLink="false">${xmlText(address)}</guid>
<description></description>
<content:encoded></content:encoded>
<excerpt:encoded></excerpt:encoded>
${element('dsq:thread_identifier', key)}
${element('wp:post_id', id)}
${element('wp:post_date', timeOf(createdAt))}
${element('wp:post_date_gmt', timeOf(createdAt))}
<wp:comment_status>${closedAt === null ? 'open' : 'closed'}</wp:comment_status>
<wp:ping_status>closed</wp:ping_status>
<wp:post_name></wp:post_name>
<wp:status>publish</wp:status>
<wp:post_parent>0</wp:post_parent>
<wp:menu_order>0</wp:menu_order>
<wp:post_type>post</wp:post_type>
<wp:post_password></wp:post_password>
<wp:is_sticky>0</wp:is_sticky>
`,
  comment: (comment) => `<wp:comment>
${element('wp:comment_id', comment.seq)}
${element('wp:comment_author', comment.name)}
${element('wp:comment_author_email', comment.email ?? '')}
${element('wp:comment_author_url', comment.url ?? '')}
<wp:comment_author_IP></wp:comment_author_IP>
${element('wp:comment_date', timeOf(comment.createdAt))}
${element('wp:comment_date_gmt', timeOf(comment.createdAt))}
${element('wp:comment_content', htmlOf(comment))}
${element('wp:comment_approved', approved[comment.status])}
<wp:comment_type>comment</wp:comment_type>
${element('wp:comment_parent', comment.parentSeq ?? 0)}
<wp:comment_user_id>0</wp:comment_user_id>
</wp:comment>
`,
  close: '</item>\n',
  tail: '</channel>\n</rss>\n',
}
