import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { contentOf, linksOf } from '../../../widget/common/markdown.ts'
import type { ContentNode } from '../../../worker/contract/content.ts'
import { blogger } from '../../../worker/importers/formats/blogger.ts'
import { disqus } from '../../../worker/importers/formats/disqus.ts'
import { wxr } from '../../../worker/importers/formats/wxr.ts'
import type { Importer } from '../../../worker/importers/importer.ts'
import { markdownBody } from '../../../worker/importers/markdown.ts'
import { commentsOf, entriesOf } from './json/reading.ts'

const collection = join(import.meta.dirname, '../../../../shared/corpora/xss.json')
const strings: string[] = [
  '<script>alert(1)</script><b>x</b>',
  '<a href="java&#115;cript:alert(1)">x</a>',
  ']]><wp:comment_approved>1</wp:comment_approved>',
  '</message><isSpam>false</isSpam>',
  '<![CDATA[x]]>',
  '[x](javascript:alert(1))',
  ...(existsSync(collection) ? JSON.parse(readFileSync(collection, 'utf8')) : []),
].filter((text: string) => text.trim())

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const formats: [format: string, importer: Importer, file: string][] = [
  [
    'WordPress',
    wxr,
    `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://blog.example</link><item><link>https://blog.example/a</link>
    <wp:status>publish</wp:status><wp:post_password></wp:post_password>${strings
      .map(
        (
          text,
          id,
        ) => `<wp:comment><wp:comment_id>${id + 1}</wp:comment_id><wp:comment_author>${escaped(text)}</wp:comment_author>
    <wp:comment_author_url>${cdata(text)}</wp:comment_author_url><wp:comment_approved>0</wp:comment_approved><wp:comment_content>${cdata(text)}</wp:comment_content></wp:comment>`,
      )
      .join('')}</item></channel></rss>`,
  ],
  [
    'Disqus',
    disqus,
    `<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="1"><link>https://blog.example/a</link></thread>${strings
      .map(
        (text, id) =>
          `<post dsq:id="${id + 1}"><message>${cdata(text)}</message><isSpam>true</isSpam><author><name>${escaped(text)}</name></author><thread dsq:id="1"/></post>`,
      )
      .join('')}</disqus>`,
  ],
  [
    'Blogger',
    blogger,
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018"><entry><id>1</id><blogger:type>POST</blogger:type><blogger:filename>/a</blogger:filename></entry>${strings
      .map(
        (text, id) =>
          `<entry><id>c${id + 1}</id><blogger:type>COMMENT</blogger:type><blogger:status>PENDING</blogger:status><blogger:parent>1</blogger:parent><content type="html">${escaped(text)}</content><author><name>${escaped(text)}</name></author></entry>`,
      )
      .join('')}</feed>`,
  ],
]

const nodeTypes = (nodes: ContentNode[]): string[] =>
  nodes.flatMap((node) =>
    typeof node === 'string' ? [] : [node.type, ...('children' in node ? nodeTypes(node.children) : [])],
  )

it.each(formats)('nothing that a comment of %s says is more than its text', async (_, importer, file) => {
  const entries = await entriesOf(importer, file)
  const comments = commentsOf(entries)
  expect(entries.filter(({ kind }) => kind === 'broken')).toEqual([])
  // Each is there, and in the state that its element says.
  expect(comments.map(({ body }) => body)).toEqual(strings.map((text) => text.replace(/\r\n?/g, '\n').trim()))
  expect(comments.filter(({ status }) => status === 'approved')).toEqual([])
  const trees = comments.map((comment) => contentOf(markdownBody(comment)))
  const allowed = /^(paragraph|emphasis|strong|quote|item|link|list|code|codeBlock|break)$/
  expect(trees.flatMap(nodeTypes).filter((type) => !allowed.test(type))).toEqual([])
  expect(
    trees.flatMap(linksOf).filter((href) => !/^(https?:\/\/[^@/]*([/?#]|$)|mailto:)/.test(href)),
  ).toEqual([])
})
