import type { Site } from '../contract/site.ts'
import type { Env } from '../env.ts'
import { canMail } from './mailer.ts'

/** Whether readers of a site may be told by mail: where it wants that, and the instance sends mail. */
export const tellsReaders = (env: Env, { settings }: Pick<Site, 'settings'>): boolean =>
  settings.readerMail && canMail(env)
