import type { Env } from '../env.ts'
import { Refusal } from '../http/refusal.ts'
import { canMail } from '../mail/mailer.ts'

/** Refuses an address where this instance sends no mail. @throws Refusal `invalid` */
export function requireMail(env: Env, field: string): void {
  if (canMail(env)) return
  throw new Refusal('invalid', {
    field,
    message: 'This instance sends no mail yet: /docs/mail says how to set it up.',
  })
}
