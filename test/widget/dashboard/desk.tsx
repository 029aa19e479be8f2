import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach } from 'vitest'
import { App } from '../../../widget/dashboard/App.tsx'
import { oneKey } from '../../../widget/dashboard/core/preferences.ts'
import { speak } from '../../../widget/dashboard/core/words.ts'
import { Desk } from '../../../widget/dashboard/desk.ts'
import en from '../../../widget/dashboard/locales/en.json'
import { pageNames } from '../../../widget/dashboard/pages.ts'
import { DashboardServer } from './server.ts'

declare const happyDOM: {
  setURL(url: string): void
  settings: { fetch: { interceptor: { beforeAsyncRequest(sent: { request: Request }): void } | null } }
}

/** happy-dom keeps answers that say no-store and then fails at a 304 it has none for. */
const passBy = {
  beforeAsyncRequest: ({ request }: { request: Request }) => request.headers.set('cache-control', 'no-cache'),
}

/** A desk in a page of its own before a worker of its own, for each test of a file. */
export function useDashboard() {
  const at = {} as { server: DashboardServer; desk: Desk; open(path?: string): Promise<void> }

  beforeEach(async () => {
    at.server = new DashboardServer()
    const url = await at.server.listen()
    happyDOM.settings.fetch.interceptor = passBy
    speak('en', en)
    oneKey.value = true
    at.open = async (path = '/dashboard') => {
      happyDOM.setURL(url + path)
      at.desk = new Desk(pageNames)
      render(<App desk={at.desk} />)
      await at.desk.open()
      if (at.desk.session.state.value === 'in')
        await waitFor(() => {
          if (at.desk.queue.phase.value === 'loading') throw new Error('still loading')
        })
    }
  })

  afterEach(async () => {
    cleanup()
    at.desk?.[Symbol.dispose]()
    await at.server.close()
  })
  return at
}

/** Presses a key where the focus is, and lets the page draw, as it does between two real keys. */
export async function press(key: string) {
  const shiftKey = /^[A-Z?]$/.test(key)
  fireEvent.keyDown(document.activeElement ?? document.body, { key, shiftKey })
  await new Promise(setImmediate)
}

/** The page looks at the queue at once when the network comes back: the way tests skip the wait. */
export function lookAgain() {
  window.dispatchEvent(new Event('online'))
}

/** The names of the listed comments, from top to bottom. */
export function listed(): string[] {
  return screen.queryAllByRole('article').map((row) => row.getAttribute('aria-label') ?? '')
}

/** The name of the comment in hand. */
export function inHand(): string | null | undefined {
  return document.querySelector('article[aria-current]')?.getAttribute('aria-label')
}

/** The chips of a listed comment with the tone of each. */
export function chipsOf(id: string): string[] {
  const row = screen.getByRole('article', { name: `Comment by Author ${id}` })
  return [...row.querySelectorAll('.chips li')].map((chip) => `${chip.className}: ${chip.textContent}`)
}
