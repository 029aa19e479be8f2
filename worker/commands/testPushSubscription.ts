import { languageOf } from '../../widget/common/i18n.ts'
import type { Identity } from '../access/identity.ts'
import type { TestResult } from '../contract/endpoints.ts'
import { Refusal } from '../http/refusal.ts'
import { testNotice } from '../notify/staffPush.ts'
import { pushTo } from '../notify/webPush.ts'
import { Unavailable } from '../outside/exchange.ts'
import * as pushSubscriptions from '../store/pushSubscriptions.ts'
import * as staff from '../store/staff.ts'
import type { World } from './world.ts'

/** Sends a test to one of somebody's devices. @returns what was answered @throws Refusal `not_found` */
export async function testPushSubscription(
  { env, db, languages }: World,
  { id, by }: { id: string; by: Identity },
): Promise<TestResult> {
  const [device, person] = await Promise.all([
    pushSubscriptions.find(db, { id, staffId: by.id }),
    staff.find(db, { column: 'id', value: by.id }),
  ])
  if (!device) throw new Refusal('not_found')
  const { language } = languageOf(person?.locale ?? languages?.[0] ?? 'en')
  try {
    const answer = await pushTo(env, device, testNotice(language))
    return answer === null
      ? { delivered: false, answer: 'The push service knows this device no more, so it was removed.' }
      : { delivered: true, answer }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return { delivered: false, answer: error.message }
  }
}
