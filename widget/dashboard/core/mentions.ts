import { createModel, signal } from '@preact/signals'
import type { Unseen } from '../../../worker/contract/notes.ts'
import type { Connection } from './connection.ts'

/** How many notes name who sits at the desk that they have not seen. */
export const Mentions = createModel((connection: Connection) => {
  const unseen = signal(0)
  return {
    unseen,
    async look() {
      try {
        unseen.value = (await connection.ask<Unseen>('GET', '/v1/mentions/unseen')).data.unseen
      } catch {
        // The next look tells.
      }
    },
    /** Keeps that some were seen. */
    async see(notes: string[]) {
      const { data } = await connection.ask<Unseen>('PUT', '/v1/mentions/seen', { body: { notes } })
      unseen.value = data.unseen
    },
  }
})
export type Mentions = InstanceType<typeof Mentions>
