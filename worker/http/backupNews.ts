import type { Context } from 'hono'
import { type BackupNews, backupHeader, backupNewsOf } from '../contract/backupNews.ts'
import type { Env } from '../env.ts'

interface Asked {
  env: Pick<Env, 'HOST_NAMED_BY'>
  req: Pick<Context['req'], 'header'>
}

/** What came of the server's backups; null on Cloudflare, where anybody could say so, and where it makes none. */
export const backupNewsIn = (c: Asked): BackupNews | null =>
  c.env.HOST_NAMED_BY ? backupNewsOf(c.req.header(backupHeader)) : null
