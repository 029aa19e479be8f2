import type { D1Database } from '@cloudflare/workers-types'

export async function seed(_db: D1Database) {}
