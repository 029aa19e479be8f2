import { digest } from '../crypto.ts'
import * as sessions from '../store/sessions.ts'
import type { World } from './world.ts'

/** Ends the session of a secret, or every session of whose it is. One that is unknown has ended already. */
export async function endSession(
  { db, now }: World,
  { secret, everywhere }: { secret: string; everywhere: boolean },
): Promise<void> {
  await sessions.end(db, await digest(secret), { everywhere, now })
}
