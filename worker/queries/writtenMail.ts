import type { World } from '../commands/world.ts'
import { Refusal } from '../http/refusal.ts'
import { readMail, type WrittenMail } from '../mail/readMail.ts'

/** A mail that was written into a file, in place of being sent. @throws Refusal `not_found` */
export async function writtenMail({ env }: Pick<World, 'env'>, id: string): Promise<WrittenMail> {
  const mail = await readMail(env, id)
  if (!mail) throw new Refusal('not_found')
  return mail
}
