import { computed, createModel, effect, signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { AuditEntry } from '../../worker/contract/auditLog.ts'
import type { Site } from '../../worker/contract/site.ts'
import type { SiteStats } from '../../worker/contract/stats.ts'
import { Bans } from './bans/bans.ts'
import { Badges } from './context/badges.ts'
import { Threads } from './context/threads.ts'
import { Connection } from './core/connection.ts'
import { Place } from './core/location.ts'
import { Session } from './core/session.ts'
import { Acts } from './core/undoStack.ts'
import { Decisions } from './queue/decisions.ts'
import { Pins } from './queue/pins.ts'
import { Queue } from './queue/queue.ts'
import { Preview } from './settings/policyPreview.ts'
import { Screeners } from './settings/screeners.ts'
import { Settings } from './settings/settings.ts'
import { TurnstileSecret } from './settings/turnstileSecret.ts'
import { Tokens } from './tokens/tokens.ts'
import { records } from './ui/records.ts'

/** Milliseconds between two looks at the queue. */
const pace = { visible: 4_000, hidden: 60_000 }

/** All that the moderator's app knows and can do. Components read it and call its actions. */
export const Desk = createModel(() => {
  const connection = new Connection()
  const session = new Session(connection)
  const place = new Place()
  const acts = new Acts()
  const signedIn = computed(() => session.state.value === 'in')
  const queue = new Queue(connection, place, signedIn)
  const settings = new Settings({ connection, session, place, acts })
  const decisions = new Decisions({ connection, session, place, queue, acts })

  effect(() => {
    if (!signedIn.value) return
    let timer: ReturnType<typeof setTimeout>
    const look = async () => {
      clearTimeout(timer)
      await queue.refresh()
      clearTimeout(timer)
      timer = setTimeout(look, document.hidden ? pace.hidden : pace.visible)
    }
    timer = setTimeout(look, pace.visible)
    const wake = () => !document.hidden && look()
    document.addEventListener('visibilitychange', wake)
    addEventListener('online', wake)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', wake)
      removeEventListener('online', wake)
    }
  })

  return {
    connection,
    session,
    place,
    queue,
    acts,
    decisions,
    threads: new Threads(connection, queue, acts),
    pins: new Pins(connection, queue, acts),
    badges: new Badges(connection, queue, acts),
    bans: new Bans(connection, acts),
    tokens: new Tokens(connection),
    auditLog: records<AuditEntry>(connection, '/v1/audit-log'),
    sites: records<Site>(connection, '/v1/sites'),
    settings,
    preview: new Preview(connection, place, settings),
    screeners: new Screeners(connection, acts),
    turnstileSecret: new TurnstileSecret(connection, settings, acts),
    stats: records<SiteStats>(connection, '/v1/stats'),
    /** Whether the help lies over the desk, and the context sheet on a narrow screen. */
    help: signal(false),
    sheet: signal(false),
    open: session.open,
  }
})
export type Desk = InstanceType<typeof Desk>

export const DeskContext = createContext<Desk | null>(null)

/** The desk a component belongs to. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('There is no desk here.')
  return desk
}
