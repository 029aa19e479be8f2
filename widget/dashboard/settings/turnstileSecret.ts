import { batch, createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice } from '../core/notices.ts'
import type { UndoStack } from '../core/undoStack.ts'
import { words } from '../core/words.ts'
import { type Desk, modelOf } from '../desk.ts'
import { type Settings, settingsOf } from './settings.ts'

/** The secret of a site's Turnstile, as it is typed. It is kept nowhere here, and the worker never tells it. */
export const TurnstileSecret = createModel((connection: Connection, settings: Settings, acts: UndoStack) => {
  const typed = signal('')
  const problem = signal<ErrorDetail | null>(null)
  const busy = signal(false)
  return {
    typed,
    problem,
    busy,
    /** Gives up what is typed. */
    forget() {
      typed.value = ''
      problem.value = null
    },
    /** Sets what is typed, and clears it where that succeeds. */
    async set() {
      const site = encodeURIComponent(settings.siteId.peek())
      busy.value = true
      problem.value = null
      try {
        await connection.ask('PUT', `/v1/sites/${site}/turnstile`, { body: { secret: typed.peek() } })
        batch(() => {
          typed.value = ''
          // Settings that were refused for want of it may be saved now.
          settings.set('proof', settings.form.peek()?.proof ?? 'none')
          acts.say(doneNotice(() => words('settings').proof.secretSet))
        })
      } catch (reason) {
        problem.value = detailOf(reason)
      } finally {
        busy.value = false
      }
    },
  }
})
export type TurnstileSecret = InstanceType<typeof TurnstileSecret>

/** The Turnstile secret typed at a desk. */
export const turnstileSecretOf = (desk: Desk) =>
  new TurnstileSecret(desk.connection, modelOf(desk, settingsOf), desk.acts)
