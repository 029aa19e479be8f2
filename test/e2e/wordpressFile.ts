const comment = (id: number, body: string, more = '') =>
  `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author><![CDATA[Reader ${id}]]></wp:comment_author>
   <wp:comment_date_gmt>2019-03-0${id} 10:00:00</wp:comment_date_gmt>
   <wp:comment_content><![CDATA[${body}]]></wp:comment_content>${more}</wp:comment>`
const status = (text: string) => `<wp:comment_approved>${text}</wp:comment_approved>`
const page = (link: string, state: string, comments: string) =>
  `<item><title>Borrowed ground</title><link>${link}</link><wp:post_type>post</wp:post_type>
   <wp:status>${state}</wp:status>${comments}</item>`
/** As WordPress exports it: a page with two comments and an answer, spam, one that waits, a pingback and a draft's. */
export const wordpressFile = (origin: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>
<link>${origin}</link>
${page(
  `${origin}/2019/ground/`,
  'publish',
  [
    comment(1, 'The <strong>second</strong> paragraph has the year wrong.', status('1')),
    comment(2, 'It has.', `${status('1')}<wp:comment_parent>1</wp:comment_parent>`),
    comment(3, 'Another <script>alert(1)</script>thought.', status('1')),
    comment(4, 'Cheap watches', status('spam')),
    comment(5, 'I wait', status('0')),
    comment(6, 'Linked', `${status('1')}<wp:comment_type>pingback</wp:comment_type>`),
  ].join(''),
)}
${page(`${origin}/2019/draft/`, 'draft', comment(7, 'Nobody saw me', status('1')))}
</channel></rss>`
