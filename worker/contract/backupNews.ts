/**
 * A header by which the server of one machine tells its worker what came of backups: `made=TIME` of the newest, in
 * milliseconds since the epoch, and `failed` where the latest try failed. That server drops it where others send it.
 */
export const backupHeader = 'mf-hankyo-backup'

/** What came of backups that a server makes by itself. */
export interface BackupNews {
  /** When the newest that is whole was made, in milliseconds since the epoch. */
  madeAt: number | null
  /** Whether the latest try failed. */
  failed: boolean
}

/** The value of the header. */
export const backupHeaderOf = ({ madeAt, failed }: BackupNews): string =>
  `made=${madeAt ?? ''}${failed ? ';failed' : ''}`

/** What such a value says; null where it says nothing. */
export function backupNewsOf(value: string | undefined): BackupNews | null {
  const found = /^made=(\d{0,15})(;failed)?$/.exec(value ?? '')
  if (!found) return null
  const [, made, failed] = found
  return { madeAt: made ? Number(made) : null, failed: failed !== undefined }
}
