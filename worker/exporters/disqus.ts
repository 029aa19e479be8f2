import type { Exporter } from './exporter.ts'
import { element, htmlOf } from './xml.ts'

/** A time as Disqus writes it: UTC, to the second. */
const timeOf = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`

/**
 * The form of Disqus's exports (https://docs.disqus.com/developers/export/), which many systems read: threads before posts, and
 * those by thread in the order of their times. It has no state for what waits: so that nobody publishes it unseen, it is left
 * out. What was refused is deleted there.
 */
export const disqus: Exporter = {
  file: 'disqus.xml',
  statuses: ['approved', 'spam', 'rejected', 'deleted'],
  head: ({ id }) => `<?xml version="1.0" encoding="UTF-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://disqus.com/api/schemas/1.0/disqus.xsd http://disqus.com/api/schemas/1.0/internals.xsd">
<category dsq:id="1">
${element('forum', id)}
<title>General</title>
<isDefault>true</isDefault>
</category>
`,
  list: ({ id, key, address, title, closedAt, createdAt }, site) => `<thread dsq:id="${id}">
${element('id', key)}
${element('forum', site.id)}
<category dsq:id="1"/>
${element('link', address)}
${element('title', title || key)}
<message/>
${element('createdAt', timeOf(createdAt))}
<author><name/><isAnonymous>true</isAnonymous></author>
<isClosed>${closedAt !== null}</isClosed>
<isDeleted>false</isDeleted>
</thread>
`,
  open: () => '',
  comment: (comment, { id }) => `<post dsq:id="${comment.seq}">
${element('id', comment.id)}
${element('message', htmlOf(comment))}
${element('createdAt', timeOf(comment.createdAt))}
<isDeleted>${comment.status === 'deleted' || comment.status === 'rejected'}</isDeleted>
<isSpam>${comment.status === 'spam'}</isSpam>
<author>
${element('email', comment.email ?? '')}
${element('name', comment.name)}
<isAnonymous>true</isAnonymous>
</author>
<thread dsq:id="${id}"/>${comment.parentSeq === null ? '' : `\n<parent dsq:id="${comment.parentSeq}"/>`}
</post>
`,
  close: '',
  tail: '</disqus>\n',
}
