import { createModel, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import type { Session as SessionView } from '../../../worker/contract/session.ts'
import type { Connection } from './connection.ts'
import { type Place, unfiltered } from './location.ts'
import type { Session } from './session.ts'
import { sitesInMenus } from './sites.ts'
import { unsentTexts } from './unsentTexts.ts'

/** Milliseconds for which what is denied again and again is no reason to look again at whose sites are at the desk. */
const patience = 30_000

interface Deps {
  connection: Connection
  session: Session
  place: Place
  inHand: ReadonlySignal<QueueItem | null>
}

/** The sites that somebody may no longer moderate: they are told, and led to those that they may. */
export const LostSites = createModel(({ connection, session, place, inHand }: Deps) => {
  /** Their names, and what was begun on them and not sent. */
  const lost = signal<{ names: string[]; texts: string[] } | null>(null)
  /** When what was denied was a reason to look. */
  const looked = new Map<string, number>()

  function look(path: string) {
    const now = performance.now()
    if (now - (looked.get(path) ?? Number.NEGATIVE_INFINITY) < patience) return
    looked.set(path, now)
    session.review(lose)
  }

  function lose(gone: SessionView['sites']) {
    const isGone = (site: string | undefined) => gone.some(({ id }) => id === site)
    const { page, site } = place.here.peek()
    const isHere = isGone(site)
    // Pages of one site are about the first where the address names none.
    const isShown =
      isHere ||
      isGone(page === 'queue' ? inHand.peek()?.site.id : sitesInMenus(session.session.peek())[0]?.id)
    const before = lost.peek() ?? { names: [], texts: [] }
    lost.value = {
      names: [...before.names, ...gone.map(({ name }) => name)],
      texts: [...before.texts, ...(isShown ? unsentTexts() : [])],
    }
    if (isHere) place.go({ ...unfiltered, page: 'queue', tab: 'held', site: '' })
  }

  // The worker denies what was there a moment ago: perhaps it is not for them any more.
  effect(() => {
    const denied = connection.denied.value
    if (denied) untracked(() => look(denied.path))
  })

  return {
    lost,
    dismiss() {
      lost.value = null
    },
  }
})
export type LostSites = InstanceType<typeof LostSites>
