import { createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Notifications, NotificationsChange } from '../../../worker/contract/notifications.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Desk } from '../desk.ts'

const path = '/v1/notifications'

/** Where, how often and of what one is told. */
export const Told = createModel((connection: Connection) => {
  const now = signal<Notifications | null>(null)
  const phase = signal<'loading' | 'ready' | 'failed'>('loading')
  const error = signal<ErrorDetail | null>(null)
  const busy = signal(false)

  async function load(): Promise<void> {
    phase.value = 'loading'
    error.value = null
    try {
      now.value = (await connection.ask<Notifications>('GET', path)).data
      phase.value = 'ready'
    } catch (reason) {
      error.value = detailOf(reason)
      phase.value = 'failed'
    }
  }

  /** @returns whether it was done */
  async function change(body: NotificationsChange): Promise<boolean> {
    busy.value = true
    error.value = null
    try {
      now.value = (await connection.ask<Notifications>('PATCH', path, { body })).data
      return true
    } catch (reason) {
      error.value = detailOf(reason)
      return false
    } finally {
      busy.value = false
    }
  }

  return { now, phase, error, busy, load, change }
})
export type Told = InstanceType<typeof Told>

/** How the person at a desk is told. */
export const toldOf = ({ connection }: Desk) => new Told(connection)
