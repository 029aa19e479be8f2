import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ExportHead } from '../../../worker/contract/exports.ts'
import { digest } from '../../../worker/crypto.ts'
import { partLimits } from '../../../worker/exporters/jsonLines.ts'
import { exportTables, notExported } from '../../../worker/store/exportTables.ts'
import { linesOf, lived, partIn, partsOf, rowsIn, textOf } from '../exporting.ts'
import { addSite, asOperator, posted } from '../product.ts'
import { type Ask, signedIn } from '../staffed.ts'
import { costOf } from '../trips.ts'

beforeEach(() => addSite())

describe('A file', () => {
  it('has every row of every table that is told of, as it stands there', async () => {
    await lived()
    const parts = await partsOf()
    for (const { name, omit = [] } of exportTables) {
      const { results } = await env.DB.prepare(`SELECT * FROM ${name}`).all<Record<string, unknown>>()
      const kept = results.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([column]) => !omit.includes(column))),
      )
      const inOrder = (rows: Record<string, unknown>[]) => rows.map((row) => JSON.stringify(row)).sort()
      expect(inOrder(rowsIn(parts, name)), name).toEqual(inOrder(kept))
    }
  })

  it('says of each table of the schema whether it has it, and of which columns it does not', async () => {
    const { results } = await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'd1_*' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'kept_*'",
    ).all<{ name: string }>()
    const known = [...exportTables.map(({ name }) => name), ...Object.keys(notExported)]
    expect(results.map(({ name }) => name).sort()).toEqual(known.sort())
    for (const { name, key, numbers = {}, long = [], omit = [], private: hidden } of exportTables) {
      const { results: columns } = await env.DB.prepare(
        `SELECT name, pk FROM pragma_table_info('${name}')`,
      ).all<{
        name: string
        pk: number
      }>()
      const named = [...Object.keys(numbers), ...long, ...omit, ...(Array.isArray(hidden) ? hidden : [])]
      expect(columns.map((column) => column.name)).toEqual(expect.arrayContaining(named))
      const primary = columns.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk)
      expect(Object.keys(key), name).toEqual(primary.map((column) => column.name))
      // A number of a row that no file could lead back to it.
      for (const column of columns)
        if (/^(seq|\w+_seq|thread_id|author_id|import_number)$/.test(column.name))
          expect(Object.keys(numbers), `${name}.${column.name}`).toContain(column.name)
    }
  })

  it('begins with what it is, and each part ends with what shows that nothing is missing', async () => {
    await lived()
    const parts = await partsOf('site=blog')
    const head = linesOf(parts[0] as string)[0]?.hankyo as unknown as ExportHead
    expect(head).toMatchObject({ format: 1, site: 'blog', complete: true, comments: 3 })
    expect(head.schema).toMatch(/^\d{4}_\w+\.sql$/)
    let before = ''
    for (const [at, text] of parts.entries()) {
      const part = partIn(text)
      const lines = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)
      before = await digest(before + lines)
      expect(part).toMatchObject({ export: head.id, number: at + 1, sha256: before })
    }
    const { end } = partIn(parts.at(-1) as string)
    expect(end).toMatchObject({ happened: 0, rows: { comments: 3, sites: 1, revisions: 1 } })
  })

  it('of what comes while it is made it has nothing, and says that something happened', async () => {
    await lived()
    const first = await textOf(asOperator('GET', '/v1/exports/hankyo.jsonl'))
    const late = await posted({ body: 'Comes late' })
    const { next } = partIn(first)
    const rest = await textOf(asOperator('GET', `/v1/exports/hankyo.jsonl?cursor=${next}`))
    expect(first + rest).not.toContain(late.comment.id)
    expect(partIn(rest).end?.happened).toBeGreaterThan(0)
  })
})

describe('Who', () => {
  it('an owner of one site gets nothing of another, and not what tells readers apart', async () => {
    await addSite({ id: 'other', origins: ['https://other.example'] })
    const theirs = await posted(
      { body: 'Words of another', url: 'https://other.example/post' },
      { origin: 'https://other.example' },
      'other',
    )
    await lived()
    const owner = await signedIn('Owner of the blog', 'owner', ['blog'])
    const text = (await partsOf('site=blog', owner.ask)).join('')
    expect(text).toContain('mika@mail.example')
    for (const hidden of [
      theirs.comment.id,
      'Words of another',
      '"other"',
      'token_hash',
      '"likes":{',
      '"staff":{',
    ])
      expect(text).not.toContain(hidden)
    const status = async (path: string) => (await owner.ask('GET', path)).status
    expect(await status('/v1/exports/hankyo.jsonl?site=other')).toBe(404)
    expect(await status('/v1/exports/hankyo.jsonl')).toBe(403)
    const moderator = await signedIn('Moderator', 'moderator', ['blog'])
    expect((await moderator.ask('GET', '/v1/exports/hankyo.jsonl?site=blog')).status).toBe(403)
  })

  it('cursors lead to nothing else', async () => {
    await lived()
    const owner = await signedIn('Owner', 'owner')
    const { next } = partIn(await textOf(asOperator('GET', '/v1/exports/hankyo.jsonl')))
    const status = async (ask: Ask, query: string) =>
      (await ask('GET', `/v1/exports/hankyo.jsonl?${query}`)).status
    expect(await status(asOperator, `cursor=${next}`)).toBe(200)
    expect(await status(owner.ask, `cursor=${next}`)).toBe(400)
    expect(await status(asOperator, `site=blog&cursor=${next}`)).toBe(400)
    const said = JSON.parse(atob(next?.replaceAll('-', '+').replaceAll('_', '/') ?? ''))
    const changed = [{ after: ['a', 'b', 'c', 'd'] }, { after: [] }, { table: 999 }].map((change) =>
      btoa(JSON.stringify({ ...said, ...change })).replaceAll('=', ''),
    )
    for (const wrong of ['x', 'e30', btoa('{"id":1}').replaceAll('=', ''), ...changed])
      expect(await status(asOperator, `cursor=${wrong}`)).toBe(400)
  })

  it('nobody can sign in by it', async () => {
    const owner = await signedIn('Owner', 'owner')
    await lived()
    const text = (await partsOf()).join('')
    const { results } = await env.DB.prepare(
      'SELECT token_hash FROM sessions UNION ALL SELECT token_hash FROM tokens UNION ALL SELECT token_hash FROM sign_in_links',
    ).all<{ token_hash: string }>()
    expect(results.length).toBeGreaterThan(0)
    for (const { token_hash } of results) expect(text).not.toContain(token_hash)
    expect(text).toContain(owner.id)
  })
})

it('a part is bounded, however long the comments are and however many there are', async () => {
  await lived()
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
     INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, name, body, content, body_hash, request_hash, created_at, elapsed_ms)
     SELECT 'n' || i, site_id, thread_id, author_id, author_public_id, name, iif(i % 100, 'short', printf('%060000d', i)),
       '[]', 'h' || i, 'r', created_at, 1 FROM n, (SELECT * FROM comments LIMIT 1)`,
  ).run()
  const parts: string[] = []
  for (let cursor = ''; ; ) {
    const { result, statements, rowsRead } = await costOf(() =>
      textOf(asOperator('GET', `/v1/exports/hankyo.jsonl?site=blog${cursor}`)),
    )
    parts.push(result)
    expect(statements.length).toBeLessThanOrEqual(partLimits.statements + 6)
    expect(rowsRead).toBeLessThanOrEqual(3 * partLimits.rows)
    expect(result.length).toBeLessThan(2 * partLimits.bytes)
    const { next } = partIn(result)
    if (next === null) break
    cursor = `&cursor=${next}`
  }
  expect(rowsIn(parts, 'comments').length).toBe(1503)
  expect(new Set(rowsIn(parts, 'comments').map(({ id }) => id)).size).toBe(1503)
})
