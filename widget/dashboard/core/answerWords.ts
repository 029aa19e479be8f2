import { linkOver } from '../../../worker/contract/deliveries.ts'
import { formatMessage, words } from './words.ts'

/** What whoever was told answered, or how it failed, in words; what we have no words for is as the worker says it. */
export function answerWords(answer: string): string {
  const { answers } = words('outbox')
  const [, status = ''] = /^answered (\d{3}.*)$/.exec(answer) ?? []
  if (status) return formatMessage(answers.answered, { status })
  if (/^no answer within|^did not answer in time/.test(answer)) return answers.late
  const known: Record<string, string> = {
    'not reachable': answers.unreachable,
    'address not allowed': answers.unreachable,
    paused: answers.paused,
    'never came back': answers.lost,
    failed: answers.failed,
    [linkOver]: answers.linkOver,
  }
  return Object.hasOwn(known, answer) ? (known[answer] ?? answer) : answer
}
