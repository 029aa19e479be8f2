import { batch, createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { ListedSite, Site, SiteRemoval } from '../../../worker/contract/site.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, sendingNotice } from '../core/notices.ts'
import type { Session } from '../core/session.ts'
import type { Notice, UndoStack } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'

interface Deps {
  connection: Connection
  session: Session
  acts: UndoStack
}

/** What it takes to add a site. */
export interface Wish {
  id: string
  name: string
  origins: string[]
  locale: string
}

/** How far the removal of a site is, or what stopped it. */
export interface Removing {
  gone: number
  /** Comments that it had. */
  all: number
  error: ErrorDetail | null
}

/** The sites of who sits at the desk: adding, archiving, and removing them. */
export const Sites = createModel(({ connection, session, acts }: Deps) => {
  const list = records<ListedSite>(connection, '/v1/sites')
  const busy = signal(false)
  /** Why the last site was not added. */
  const refused = signal<ErrorDetail | null>(null)
  /** The site whose lines for a page are shown; empty for none. */
  const embedding = signal('')
  /** Removals at work or stopped, by the id of their site. */
  const removing = signal<Readonly<Record<string, Removing>>>({})

  /** Menus elsewhere name sites, too. */
  const reload = () => Promise.all([list.load(), session.open()])

  async function setArchived({ id, name }: ListedSite, archived: boolean): Promise<Notice> {
    try {
      await connection.ask<Site>(archived ? 'POST' : 'DELETE', `/v1/sites/${id}/archive`)
    } catch (reason) {
      return failedNotice((told) => formatMessage(words('sites').failed, { error: told }), detailOf(reason))
    }
    await reload()
    return doneNotice(() => formatMessage(words('sites')[archived ? 'isArchived' : 'isBack'], { name }))
  }

  return {
    list,
    busy,
    refused,
    embedding,
    removing,
    /** Adds a site, and shows its lines. @returns whether it was added */
    async add(wish: Wish): Promise<boolean> {
      busy.value = true
      refused.value = null
      try {
        await connection.ask<Site>('POST', '/v1/sites', { body: wish })
        await reload()
        embedding.value = wish.id
        acts.say(doneNotice(() => formatMessage(words('sites').isAdded, { name: wish.name })))
        return true
      } catch (reason) {
        refused.value = detailOf(reason)
        return false
      } finally {
        busy.value = false
      }
    },
    /** Archives a site, or brings it back. */
    async archive(site: ListedSite, archived: boolean) {
      await acts.perform(
        sendingNotice(),
        () => setArchived(site, archived),
        () => setArchived(site, !archived),
      )
    },
    /** Removes a site with all it holds, some at a time, until nothing is left or something stops it. */
    async remove({ id, name, counts }: ListedSite) {
      const gone = removing.peek()[id]?.gone ?? 0
      let now: Removing = { gone, all: gone + counts.all, error: null }
      const tell = (more: Partial<Removing>) => {
        now = { ...now, ...more }
        removing.value = { ...removing.peek(), [id]: now }
      }
      tell({})
      try {
        for (let done = false; !done; ) {
          const { data } = await connection.ask<SiteRemoval>('DELETE', `/v1/sites/${id}`)
          done = data.done
          tell({ gone: Math.min(now.all, now.gone + data.comments) })
        }
      } catch (reason) {
        tell({ error: detailOf(reason) })
        await list.load()
        return
      }
      await reload()
      batch(() => {
        const { [id]: _ended, ...others } = removing.peek()
        removing.value = others
        if (embedding.peek() === id) embedding.value = ''
      })
      acts.say(doneNotice(() => formatMessage(words('sites').isRemoved, { name })))
    },
  }
})
export type Sites = InstanceType<typeof Sites>

/** The sites of a desk. */
export const sitesOf = ({ connection, session, acts }: Desk) => new Sites({ connection, session, acts })
