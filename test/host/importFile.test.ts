import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Product, served } from '../server.ts'

let folder: string
let product: Product
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hankyo-import-'))
  product = await Product.start({ dataDir: join(folder, 'data'), flags: ['--no-demo'] })
  await admin('site', 'add', 'blog', '--name', 'Blog', '--origin', 'https://blog.example')
})
afterAll(async () => {
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

async function admin(...args: string[]) {
  const running = served('admin', [...args, '--data', join(folder, 'data')])
  return { code: await running.ended, out: running.stdout, err: running.stderr }
}

const comment = (id: number, parent: number, approved: string, text: string) => `<wp:comment>
  <wp:comment_id>${id}</wp:comment_id><wp:comment_author>Aiko</wp:comment_author>
  <wp:comment_author_email>aiko@mail.example</wp:comment_author_email><wp:comment_author_IP>192.0.2.77</wp:comment_author_IP>
  <wp:comment_date_gmt>2015-04-0${id} 10:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[${text}]]></wp:comment_content>
  <wp:comment_approved>${approved}</wp:comment_approved><wp:comment_type>comment</wp:comment_type>
  <wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`

const old = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>
<item><title>The river</title><link>https://blog.example/river/</link><wp:post_id>1</wp:post_id>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
${comment(1, 0, '1', 'The <em>old</em> map')}${comment(2, 1, '1', 'An answer')}${comment(3, 0, 'spam', 'Buy pills')}
${comment(4, 0, '0', 'Waits')}</item></channel></rss>`

const shown = async () => {
  const answer = await fetch(`${product.url}/v1/sites/blog/thread?key=/river`)
  return (await answer.json()) as { thread: { count: number }; items: { author: { name: string } }[] }
}

test('a file of WordPress is looked at, brought once, and taken back whole', async () => {
  const file = join(folder, 'old.xml')
  await writeFile(file, old)
  const looked = await admin('import', file, '--site', 'blog', '--dry-run')
  expect(looked.code).toBe(0)
  expect(looked.out).toMatch(/WordPress \(WXR\), 4 comments on 1 page\n {2}1 pending, 2 approved, 1 spam\n/)
  expect(looked.out).toContain('2 -> 2  /river')
  expect((await shown()).thread.count).toBe(0)

  const unsure = await admin('import', file, '--site', 'blog')
  expect([unsure.code, unsure.err]).toEqual([1, expect.stringContaining('Nothing was imported. Say --yes')])

  const done = await admin('import', file, '--site', 'blog', '--yes')
  expect(done.out).toMatch(/^4 comments imported to blog; there already: 0\.\n/)
  expect(await shown()).toMatchObject({ thread: { count: 2 }, items: [{ author: { name: 'Aiko' } }, {}] })
  expect((await admin('import', file, '--site', 'blog', '--yes')).out).toBe(
    'blog has all of it already: 4 comments.\n',
  )

  const id = /import undo (\S+)/.exec(done.out)?.[1] ?? ''
  expect((await admin('import', 'list', '--site', 'blog')).out).toMatch(
    new RegExp(`^${id} .*  WordPress \\(WXR\\)  done  4 comments  old.xml\n$`),
  )
  expect((await admin('import', 'undo', id)).out).toMatch(/^Taken back: 4 comments of blog\.\n$/)
  expect((await shown()).thread.count).toBe(0)
})

const diary = `TITLE: A day
DATE: 03/04/2007 10:00:00 AM
BASENAME: day
STATUS: Publish
-----
COMMENT:
AUTHOR: Taro
DATE: 03/05/2007 11:00:00 AM
Hello
-----
--------
`

test('pages that no address is known of are told, and what zone is missing', async () => {
  const file = join(folder, 'diary.txt')
  await writeFile(file, diary)
  const looked = await admin('import', file, '--site', 'blog', '--dry-run')
  expect(looked.out).toContain('  Without a path: 1 page. No page would show their comments.')
  expect(looked.out).toContain('1 comment on 1 page\n')
  expect(looked.out).toContain('taken for UTC. Another one: --zone Asia/Tokyo\n')
  expect((await admin('import', file, '--site', 'blog', '--yes')).err).toContain(
    'the times of this file name no zone',
  )
  await writeFile(join(folder, 'diary.map'), 'day -> /entry/day\n')
  const mapped = await admin(
    'import',
    file,
    '--site',
    'blog',
    '--dry-run',
    ...['--map', join(folder, 'diary.map'), '--zone', 'Asia/Tokyo'],
  )
  expect(mapped.out).toContain('taken for Asia/Tokyo\n')
  expect(mapped.out).toContain('1 -> 1  /entry/day')
  expect(mapped.out).not.toContain('Without a path')
})

test('states and who of the old staff is who here are chosen, and a script reads what is answered', async () => {
  await product.api('POST', 'staff', { name: 'Mika', role: 'moderator', sites: '*' })
  const file = join(folder, 'staff.json')
  const one = (id: string, more: object) =>
    JSON.stringify({
      ...{ id, pid: '', text: '<p>Words</p>', time: '2020-02-03T04:05:06Z', votes: {}, score: 0 },
      ...{ user: { name: 'Ines', id: 'i', admin: true } },
      ...{ locator: { site: 'blog', url: 'https://blog.example/staff/' }, ...more },
    })
  await writeFile(file, [one('a', {}), one('b', { delete: true, text: '' })].join('\n'))
  const bring = (...args: string[]) => admin('import', file, '--site', 'blog', '--json', ...args)
  const looked = JSON.parse((await bring('--dry-run')).out)
  expect(looked).toMatchObject({
    comments: 2,
    statuses: { approved: 1, deleted: 1 },
    authors: [{ isStaff: true }],
  })
  expect((await bring('--states', 'good')).err).toMatch(/--states takes some of pending,approved/)
  expect((await bring('--staff', 'Ines=Nobody')).err).toMatch(
    /Nobody of the staff of blog is called "Nobody"/,
  )
  expect((await bring('--staff', 'Someone=Mika')).err).toMatch(/no staff called "Someone"/)
  const made = JSON.parse((await bring('--yes', '--states', 'approved', '--staff', 'Ines=Mika')).out)
  expect(made).toMatchObject({ state: 'done', added: 1, leftOut: { not_chosen: 1 } })
  const thread = await fetch(`${product.url}/v1/sites/blog/thread?key=/staff`)
  expect(await thread.json()).toMatchObject({
    items: [{ author: { name: 'Mika', badge: expect.any(String) } }],
  })
  expect(JSON.parse((await admin('import', 'list', '--json')).out)[0]).toMatchObject({
    id: made.id,
    format: 'remark42',
  })
  expect(JSON.parse((await admin('import', 'undo', made.id, '--json')).out)).toMatchObject({
    state: 'undone',
  })
})

test('what cannot be imported is told, with what to do', async () => {
  const file = join(folder, 'old.html')
  await writeFile(file, '<!doctype html><title>Blog</title><p>Hello')
  const told = async (...args: string[]) => (await admin('import', ...args)).err
  expect(await told(file, '--site', 'blog', '--yes')).toMatch(
    /old\.html: This is a web page, not an export\./,
  )
  expect(await told(file, '--site', 'none')).toMatch(/There is no site "none"\. Say one of: blog\./)
  expect(await told(file)).toMatch(/no export of Hankyo.*--site, one of: blog/)
  expect(await told(join(folder, 'old.xml'), '--site', 'blog', '--zone', 'Mars')).toMatch(/--zone takes/)
  await writeFile(
    join(folder, 'none.xml'),
    old.replaceAll('<wp:comment_type>comment', '<wp:comment_type>note'),
  )
  const none = await admin('import', join(folder, 'none.xml'), '--site', 'blog', '--yes')
  expect(none.out).toMatch(
    /^none\.xml: .*, 0 comments on 0 pages\nLeft out\n {2}4 staff note\nNo comment of this file comes\.\n$/,
  )
  await writeFile(join(folder, 'map.txt'), '/a -> /b\nnonsense\n')
  expect(await told(join(folder, 'old.xml'), '--site', 'blog', '--map', join(folder, 'map.txt'))).toMatch(
    /map\.txt, line 2: /,
  )
})
