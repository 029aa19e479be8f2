import { createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Notifications } from '../../../worker/contract/notifications.ts'
import type { MadeLink, NewPerson, Person, PersonChange } from '../../../worker/contract/staff.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'

/** What was not done, and at whom: `null` for an invitation. */
interface Refused {
  id: string | null
  error: ErrorDetail
}

/** Who has an account for the owner's sites. */
export const People = createModel((connection: Connection) => {
  const list = records<Person>(connection, '/v1/staff')
  /** The link just made: the only time it is known. */
  const made = signal<(MadeLink & { name: string }) | null>(null)
  const refused = signal<Refused | null>(null)
  const busy = signal(false)
  /** Whether invitations can be sent by mail. */
  const mails = signal(false)

  /** Runs a change. @returns whether it was done */
  async function change(id: string | null, run: () => Promise<void>): Promise<boolean> {
    busy.value = true
    refused.value = null
    try {
      await run()
      return true
    } catch (reason) {
      refused.value = { id, error: detailOf(reason) }
      return false
    } finally {
      busy.value = false
    }
  }

  return {
    list,
    made,
    refused,
    busy,
    mails,
    async askForMail() {
      // Without an answer they are handed over as links, as ever.
      const asked = await connection.ask<Notifications>('GET', '/v1/notifications').catch(() => null)
      mails.value = asked?.data.sendsMail ?? false
    },
    invite: (asked: NewPerson) =>
      change(null, async () => {
        const { data } = await connection.ask<MadeLink>('POST', '/v1/staff', { body: asked })
        made.value = { ...data, name: asked.name }
        await list.load()
      }),
    /** Makes another link for somebody, in place of those before. */
    renewLink: ({ id, name }: Person) =>
      change(id, async () => {
        const { data } = await connection.ask<MadeLink>('POST', `/v1/staff/${id}/link`)
        made.value = { ...data, name }
        list.items.value = list.items
          .peek()
          .map((one) =>
            one.id === id && one.seenAt === null ? { ...one, invitedUntil: data.expiresAt } : one,
          )
      }),
    change: (id: string, asked: PersonChange) =>
      change(id, async () => {
        const { data } = await connection.ask<Person>('PATCH', `/v1/staff/${id}`, { body: asked })
        list.items.value = list.items.peek().map((one) => (one.id === id ? data : one))
      }),
    remove: (id: string) =>
      change(id, async () => {
        await connection.ask('DELETE', `/v1/staff/${id}`)
        list.items.value = list.items.peek().filter((one) => one.id !== id)
        if (made.peek()?.id === id) made.value = null
      }),
  }
})
export type People = InstanceType<typeof People>

/** The people of a desk. */
export const peopleOf = ({ connection }: Desk) => new People(connection)
