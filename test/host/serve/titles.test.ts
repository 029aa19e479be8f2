import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unstable_splitSqlQuery as split } from 'wrangler'
import { migrations } from '../../../worker/host/paths.ts'
import { withDatabase } from '../../../worker/host/serve/workerd.ts'
import { applied, apply } from '../../../worker/migrations/apply.ts'

const comments = [
  [1, 'spam', null, 'BUY PILLS', '/pills'],
  [2, 'approved', 1, '', '/post'],
  [3, 'approved', 1, '\u202eThe\u200b page\u2066', '/post'],
  [4, 'approved', 1, 'Another', '/post'],
] as const

test('pages of a folder from before are named by their oldest shown comment, without what nobody sees', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'hankyo-titles-'))
  const found = await withDatabase(dataDir, async (db) => {
    await applied(db)
    const names = (await readdir(migrations)).filter((name) => name.endsWith('.sql')).sort()
    const applyAll = async (wanted: (name: string) => boolean) => {
      for (const name of names.filter(wanted))
        await apply(db, { name, queries: split(await readFile(join(migrations, name), 'utf8')) })
    }
    await applyAll((name) => name < '0007')
    await db.batch([
      db.prepare(
        `INSERT INTO sites (id, name, origins, locale, policy, created_at) VALUES ('blog', 'Blog', '[]', 'en', 'trusted', 1)`,
      ),
      db.prepare(
        `INSERT INTO threads (id, site_id, key, url, title, count, created_at)
         VALUES (1, 'blog', '/post', '/pills', 'BUY PILLS', 3, 1), (2, 'blog', '/none', '', '', 0, 1)`,
      ),
      db.prepare(
        `INSERT INTO authors (id, public_id, site_id, token_hash, created_at) VALUES (1, 'a', 'blog', 't', 1)`,
      ),
      ...comments.map(([seq, status, shown, title, url]) =>
        db
          .prepare(
            `INSERT INTO comments (seq, id, site_id, thread_id, author_id, author_public_id, name, status, shown_revision,
               shown_version, page_title, page_url, body, content, body_hash, request_hash, created_at, elapsed_ms)
             VALUES (?1, 'c' || ?1, 'blog', 1, 1, 'a', 'Mika', ?2, ?3, ?1, ?4, ?5, '', '[]', '', '', ?1, 1)`,
          )
          .bind(seq, status, shown, title, url),
      ),
    ])
    await applyAll((name) => name >= '0007')
    const threads = await db.prepare('SELECT url, title FROM threads ORDER BY id').all()
    const titles = await db.prepare('SELECT page_title AS title FROM comments ORDER BY seq').all()
    return { threads: threads.results, titles: titles.results.map(({ title }) => title) }
  })
  expect(found).toEqual({
    threads: [
      { url: '/post', title: 'The page' },
      { url: '', title: '' },
    ],
    titles: ['BUY PILLS', '', 'The page', 'Another'],
  })
})
