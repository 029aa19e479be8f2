import type { D1Database } from '@cloudflare/workers-types'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseOf, executor } from '../../../worker/host/serve/database.ts'

describe('the database before the server listens', () => {
  const password = 'a password'
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new Log(LogLevel.NONE),
      telemetry: { enabled: false },
      workers: [
        {
          ...{ name: 'database', modules: true, script: executor },
          ...{ d1Databases: ['DB'], bindings: { CONTROL_PASSWORD: password } },
        },
      ],
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  )
  let db: D1Database
  const all = async () => (await db.prepare('SELECT word FROM words ORDER BY word').all()).results

  beforeAll(async () => {
    db = databaseOf({ url: await miniflare.ready, password })
    await db.prepare('CREATE TABLE words (word TEXT UNIQUE)').run()
  })
  afterAll(() => miniflare.dispose())

  test('runs statements and tells what they changed', async () => {
    const insert = db.prepare('INSERT INTO words (word) VALUES (?), (?)')
    const { meta } = await insert.bind('反響', null).run()
    expect(meta.changes).toBe(2)
    expect(await all()).toEqual([{ word: null }, { word: '反響' }])
  })

  test('does all statements of a batch or none', async () => {
    const before = await all()
    const insert = db.prepare('INSERT INTO words (word) VALUES (?)')
    await expect(db.batch([insert.bind('one'), insert.bind('one')])).rejects.toThrow('UNIQUE')
    expect(await all()).toEqual(before)
    const results = await db.batch([insert.bind('one'), insert.bind('two')])
    expect(results.map(({ meta }) => meta.changes)).toEqual([1, 1])
  })

  test('does nothing for those who do not know its password', async () => {
    const before = await all()
    const body = JSON.stringify({ statements: [{ text: 'DELETE FROM words', values: [] }] })
    for (const headers of [{}, { authorization: 'guess' }] as Record<string, string>[])
      expect((await fetch(await miniflare.ready, { method: 'POST', headers, body })).status).toBe(401)
    expect(await all()).toEqual(before)
  })
})
