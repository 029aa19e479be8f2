import type { World } from '../commands/world.ts'
import { Refusal } from '../http/refusal.ts'
import { everyDatabase } from '../store/database.ts'
import * as notes from '../store/notes.ts'

/** What a note is about. @throws Refusal `not_found` */
export async function requireNoted({ env }: Pick<World, 'env'>, about: notes.About): Promise<notes.Noted> {
  const found = await Promise.all(everyDatabase(env).map((db) => notes.find(db, about)))
  const noted = found.find((each) => each !== null)
  if (!noted) throw new Refusal('not_found')
  return noted
}
