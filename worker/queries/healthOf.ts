import type { World } from '../commands/world.ts'
import type { BackupNews } from '../contract/backupNews.ts'
import type { Health } from '../contract/health.ts'
import { shownWay } from '../contract/mailWay.ts'
import { sweepAfterMs } from '../jobs/sweep.ts'
import { mailSettings } from '../mail/settings.ts'
import { health } from '../store/unscreened.ts'

/** Whether comments are being screened, and backups made. Throws when the database does not answer. */
export async function healthOf({ env, db, now }: World, backup: BackupNews | null = null): Promise<Health> {
  const { oldestPending, oldestUnscreened, ...found } = await health(db)
  const mail = mailSettings(env)
  const late = oldestUnscreened !== null && now - oldestUnscreened > 5 * sweepAfterMs
  return {
    status: late || found.deadLetters > 0 || backup?.failed ? 'degraded' : 'ok',
    database: 'ok',
    ...found,
    backup: backup && {
      madeAt: backup.madeAt === null ? null : new Date(backup.madeAt).toISOString(),
      failed: backup.failed,
    },
    mail: mail && shownWay(mail.way),
    oldestPendingSeconds:
      oldestPending === null ? null : Math.max(0, Math.round((now - oldestPending) / 1000)),
  }
}
