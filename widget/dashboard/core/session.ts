import { batch, createModel, effect, signal } from '@preact/signals'
import type { ErrorCode, ErrorDetail } from '../../../worker/contract/errors.ts'
import type { AccountChange, Session as SessionView } from '../../../worker/contract/session.ts'
import { type Connection, detailOf } from './connection.ts'
import { chooseLanguage } from './words.ts'
import { chosenZone, ownZone } from './zone.ts'

export type SessionState = 'opening' | 'in' | 'out' | 'failed'

/** Who sits at the desk. Losing the session keeps everything else, so that signing in again goes on. */
export const Session = createModel((connection: Connection) => {
  const state = signal<SessionState>('opening')
  const session = signal<SessionView | null>(null)
  const error = signal<ErrorDetail | null>(null)
  const busy = signal(false)
  /** Whether it was a link that signed in here just now. */
  const byLink = signal(false)
  /** Whether whoever sat here signed out. */
  const left = signal(false)

  effect(() => {
    if (connection.refusals.value > 0 && state.peek() === 'in') state.value = 'out'
  })

  /** Takes who sits here, and speaks the language that they chose wherever they sign in. */
  function admit(data: SessionView) {
    batch(() => {
      session.value = data
      error.value = null
      state.value = 'in'
    })
    chosenZone.value = data.moderator.timeZone
    const { locale } = data.moderator
    if (locale) chooseLanguage(locale).catch(() => {})
  }

  /** Takes what a call for a session brings. A link that has ended takes away no session there is. */
  async function settle(call: Promise<{ data: SessionView }>) {
    busy.value = true
    try {
      const { data } = await call
      connection.removed.value = false
      admit(data)
      return true
    } catch (reason) {
      const detail = detailOf(reason)
      const gone = detail.code === 'unauthorized' || detail.code === 'account_removed'
      const out = gone || (detail.code === 'link_expired' && state.peek() !== 'in')
      batch(() => {
        state.value = out ? 'out' : state.peek() === 'opening' ? 'failed' : state.peek()
        error.value = gone ? null : detail
      })
      return false
    } finally {
      busy.value = false
    }
  }

  effect(() => {
    const follow = () => {
      const link = take('sign-in=')
      if (link) signIn(link)
    }
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  })

  async function signIn(link: string) {
    const body = { token: tokenIn(link), timeZone: ownZone() }
    byLink.value = await settle(connection.ask('POST', '/v1/session', { body }))
  }

  return {
    state,
    session,
    error,
    busy,
    byLink,
    left,
    signIn,
    /** Signs in by something else than a link. */
    begin: (body: { passkey: unknown } | { access: true }) =>
      settle(connection.ask('POST', '/v1/session', { body: { ...body, timeZone: ownZone() } })),
    /**
     * Uses the sign-in link the page was opened with, or the session there is. A link opened later is used too. A provider
     * of accounts may have led here, and say why it did not let anybody in.
     */
    async open() {
      const link = take('sign-in=')
      if (link) return signIn(link)
      const refused = take('refused=')
      await settle(connection.ask('GET', '/v1/session'))
      if (refused) error.value = { code: refused as ErrorCode, message: refused }
    },
    /** Notes what a site is called by now. */
    rename(site: string, name: string) {
      const { value } = session
      if (!value) return
      const sites = value.sites.map((one) => (one.id === site ? { ...one, name } : one))
      session.value = { ...value, sites }
    },
    /** Looks again which sites there are for who sits here. `lose` takes those that are no longer, while they still show. */
    async review(lose: (gone: SessionView['sites']) => void) {
      if (state.peek() !== 'in') return
      const data = await connection.ask<SessionView>('GET', '/v1/session').then(
        (answer) => answer.data,
        () => null,
      )
      // Not those from before the call: another look may have told of them meanwhile.
      const before = session.peek()
      if (!data || !before) return
      const gone = before.sites.filter(({ id }) => !data.sites.some((site) => site.id === id))
      batch(() => {
        if (gone.length > 0) lose(gone)
        session.value = data
      })
    },
    /** Changes what somebody says of themselves. Rejects with an `ApiError`. */
    async describe(change: AccountChange) {
      admit((await connection.ask<SessionView>('PATCH', '/v1/session', { body: change })).data)
    },
    /** Ends this session, or all of this moderator's. */
    async signOut(everywhere = false) {
      try {
        await connection.ask('DELETE', everywhere ? '/v1/session?all=1' : '/v1/session')
      } catch (reason) {
        if (detailOf(reason).code !== 'unauthorized') {
          error.value = detailOf(reason)
          return false
        }
      }
      batch(() => {
        state.value = 'out'
        left.value = true
        session.value = null
        error.value = null
      })
      return true
    },
  }
})
export type Session = InstanceType<typeof Session>

/** What the address bar says after a mark, such as a one-time token; taken out of it before anything else can see it. */
function take(mark: string): string | undefined {
  if (!location.hash.startsWith(`#${mark}`)) return
  const said = location.hash.slice(1 + mark.length)
  history.replaceState(history.state, '', location.pathname + location.search)
  return said
}

/** A pasted link, or the bare token. */
function tokenIn(link: string): string {
  const text = link.trim()
  const mark = text.lastIndexOf('sign-in=')
  return mark < 0 ? text : decodeURIComponent(text.slice(mark + 'sign-in='.length))
}
