import { createModel, signal } from '@preact/signals'
import type { AuthorNetworks, BanWidth } from '../../../worker/contract/authorNetworks.ts'
import type { BanReach } from '../../../worker/contract/banReach.ts'
import type { AddedBan, Ban, ListedBan } from '../../../worker/contract/bans.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'
import { type Connection, detailOf } from './connection.ts'
import { doneNotice, failedNotice, sendingNotice } from './notices.ts'
import type { Notice, UndoStack } from './undoStack.ts'
import { formatMessage, words } from './words.ts'

export type NewBan = Pick<Ban, 'siteId' | 'kind' | 'value'> & {
  until?: string
  reason?: string
  network?: BanWidth
  /** Whether a ban of very many is meant. */
  confirm?: boolean
}

/** Who is kept out, and the keeping out. */
export const Bans = createModel((connection: Connection, acts: UndoStack) => {
  const list = records<ListedBan>(connection, '/v1/bans')
  const busy = signal(false)
  /** What the worker refused of the ban typed last, where it is about one of its fields. */
  const refused = signal<ErrorDetail | null>(null)
  /** Where an author wrote from today, and who else did; null until it is known. */
  const networks = signal<AuthorNetworks | null>(null)

  /** Whom the ban that is being written would hit; null until it is known. */
  const reach = signal<BanReach | null>(null)

  async function put(ban: NewBan): Promise<AddedBan> {
    const { data } = await connection.ask<AddedBan>('POST', '/v1/bans', { body: ban })
    const known = list.items.peek()
    const before = known.find(({ kind, value }) => kind === data.kind && value === data.value)
    const { replaced, ...made } = data
    list.items.value = [
      { ...made, author: before?.author ?? null },
      ...known.filter(({ id }) => id !== replaced?.id && id !== data.id),
    ]
    return data
  }

  async function putBack({ siteId, kind, value, until, reason, network }: Ban): Promise<Notice> {
    try {
      await put({
        ...{ siteId, kind, value },
        ...(until && { until }),
        ...(reason && { reason }),
        ...(network && { network: network.width }),
        confirm: true,
      })
      return doneNotice(() => formatMessage(words('bans').added, { value }))
    } catch (error) {
      return failedNotice((told) => formatMessage(words('bans').failed, { error: told }), detailOf(error))
    }
  }

  /** Takes the adding of a ban back: what it extended stands again. */
  async function takeBack({ id, replaced }: AddedBan): Promise<Notice> {
    const told = await lift(id, '?undo=true')
    if (!replaced || told.tone !== 'done') return told
    list.items.value = [{ ...replaced, author: null }, ...list.items.peek()]
    return doneNotice(() => words('bans').restored)
  }

  async function lift(id: string, query = ''): Promise<Notice> {
    try {
      await connection.ask('DELETE', `/v1/bans/${id}${query}`)
    } catch (error) {
      return failedNotice((told) => formatMessage(words('bans').notLifted, { error: told }), detailOf(error))
    }
    list.items.value = list.items.peek().filter((ban) => ban.id !== id)
    return doneNotice(() => words('bans').lifted)
  }

  return {
    list,
    busy,
    refused,
    networks,
    reach,
    /** Looks up whom a ban would hit today, and which one it would extend. */
    async lookAhead({ siteId, kind, value }: Pick<NewBan, 'siteId' | 'kind' | 'value'>) {
      reach.value = null
      if (!value) return
      try {
        const query = new URLSearchParams({ site: siteId, kind, value })
        reach.value = (await connection.ask<BanReach>('GET', `/v1/bans/reach?${query}`)).data
      } catch {
        // What is wrong with it is told when it is sent.
      }
    },
    /** Looks up whom a ban of an author would hit besides, if their network goes along. */
    async lookAround(siteId: string, author: string) {
      networks.value = null
      try {
        const path = `/v1/authors/${author}/networks?site=${encodeURIComponent(siteId)}`
        networks.value = (await connection.ask<AuthorNetworks>('GET', path)).data
      } catch {
        // The author alone can still be banned.
      }
    },
    /** Bans; `name` is how the line at the bottom calls whom. False when the worker refuses. */
    async add(ban: NewBan, name = ban.value): Promise<boolean> {
      busy.value = true
      refused.value = null
      try {
        const made = await put(ban)
        acts.remember({ done: Promise.resolve(true), undo: () => takeBack(made) })
        const told = made.replaced ? 'extended' : 'added'
        acts.say(doneNotice(() => formatMessage(words('bans')[told], { value: name }), true))
        return true
      } catch (error) {
        const detail = detailOf(error)
        refused.value = detail.field ? detail : null
        acts.say(failedNotice((told) => formatMessage(words('bans').failed, { error: told }), detail))
        return false
      } finally {
        busy.value = false
      }
    },
    /** Lifts a ban; undo bans anew. */
    async lift(ban: Ban) {
      await acts.perform(
        sendingNotice(),
        () => lift(ban.id),
        () => putBack(ban),
      )
    },
  }
})
export type Bans = InstanceType<typeof Bans>

/** The bans of a desk. */
export const bansOf = ({ connection, acts }: Desk) => new Bans(connection, acts)
