import type { D1Database } from '@cloudflare/workers-types'
import { batch, first, sql } from './database.ts'

/** By what this instance is known to push services: base64url, the public one an uncompressed point of P-256. */
export interface PushKeys {
  publicKey: string
  privateKey: string
}

const text = 'SELECT public_key AS publicKey, private_key AS privateKey FROM push_keys WHERE id = 1'

export const find = (db: D1Database): Promise<PushKeys | null> => first<PushKeys>(sql(db, text))

/** Keeps keys, unless there are some by now. @returns those that are kept */
export async function keep(db: D1Database, { publicKey, privateKey }: PushKeys): Promise<PushKeys> {
  const insert = 'INSERT INTO push_keys (id, public_key, private_key) VALUES (1, ?, ?) ON CONFLICT DO NOTHING'
  const [, kept] = await batch<PushKeys>(db, [sql(db, insert, publicKey, privateKey), sql(db, text)])
  return kept?.results[0] as PushKeys
}
