import type { D1Database } from '@cloudflare/workers-types'
import type { PersonEvent } from '../contract/events.ts'
import type { Language } from '../contract/languages.ts'
import { batch, changed, sql } from './database.ts'
import { recordEvents } from './events.ts'

/** What somebody says of themselves. */
export interface AboutOneself {
  id: string
  name: string
  locale: Language | null
  timeZone: string | null
}

/** Writes what somebody says of themselves. @returns whether it was done: not where the name is taken */
export async function describe(
  db: D1Database,
  { id, name, locale, timeZone }: AboutOneself,
  events: PersonEvent[],
): Promise<boolean> {
  const [updated] = await batch(db, [
    sql(
      db,
      'UPDATE OR IGNORE staff SET name = ?, locale = ?, time_zone = ? WHERE id = ? AND removed_at IS NULL',
      name,
      locale,
      timeZone,
      id,
    ),
    ...(events.length
      ? [
          recordEvents(
            db,
            events.map((event) => ({ event })),
            changed,
          ),
        ]
      : []),
  ])
  return updated?.meta.changes === 1
}
