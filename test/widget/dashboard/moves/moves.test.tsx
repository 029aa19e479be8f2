import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CheckedPage } from '../../../../worker/contract/pageChecks.ts'
import type { CheckedMove, ThreadMove } from '../../../../worker/contract/threadMoves.ts'
import { session } from '../comment.ts'
import { useDashboard } from '../desk.tsx'

const at = useDashboard()

/** Keys of threads, and where their pages are on the live site: null where they are gone. */
let live: Record<string, string | null>
/** Threads by the key that they answer under, with how many comments are shown. */
let threads: Map<string, number>
let moves: ThreadMove[]
/** Pages whose move is refused. */
let refused: Set<string>

const address = (key: string) => `https://blog.example${key}`
const told = (body: unknown, status = 200) => ({ status, body })
const lastBody = () => at.server.asked.at(-1)?.body
const asked = (line: string) => at.server.asked.filter((one) => one.line === line)

/** The worker's part: what threads there are, what pages answer, and moves. */
function answer(line: string) {
  if (line === 'GET /v1/threads') {
    const items = [...threads.keys()].map((key, id) => ({ id, key, url: address(key), title: `Page ${key}` }))
    return told({ items, next: null })
  }
  if (line === 'POST /v1/sitemaps') {
    const { url } = lastBody() as { url?: string }
    const nothing = { state: 'found', detail: null, next: null, pages: [], sitemaps: [] }
    return told(
      url
        ? { ...nothing, pages: [address('/here'), address('/there')] }
        : { ...nothing, sitemaps: [address('/sitemap.xml')] },
    )
  }
  if (line === 'POST /v1/page-checks') {
    const { urls } = lastBody() as { urls: string[] }
    const items = urls.map((url): CheckedPage => {
      const to = live[new URL(url).pathname]
      const found = { url, detail: null, to: null }
      if (to === null) return { ...found, state: 'not_found' }
      return to === undefined ? { ...found, state: 'found' } : { ...found, state: 'moved', to: address(to) }
    })
    return told({ items })
  }
  if (line === 'POST /v1/thread-move-checks') {
    const { moves: pairs } = lastBody() as { moves: { from: string; to: string }[] }
    const items = pairs.map(({ from, to }): CheckedMove => {
      const key = to.replace('https://blog.example', '')
      const thread = (of: string) =>
        threads.has(of) ? { id: 1, key: of, title: `Page ${of}`, count: threads.get(of) ?? 0 } : null
      const outcome = !threads.has(from) ? 'none' : threads.has(key) ? 'merge' : 'move'
      return {
        from,
        to: key,
        outcome,
        thread: thread(from),
        other: thread(key),
        unpinned: key === '/there' ? [{ id: '1', name: 'Ada' }] : [],
      }
    })
    return told({ items })
  }
  if (line === 'POST /v1/thread-moves') {
    const { id, site, from, to } = lastBody() as { id: string; site: string; from: string; to: string }
    if (refused.has(from)) return told({ error: { code: 'conflict', message: 'It is being moved.' } }, 409)
    const merged = threads.has(to)
    threads.set(to, (threads.get(to) ?? 0) + (threads.get(from) ?? 0))
    threads.delete(from)
    const move: ThreadMove = {
      ...{ id, site, from, to, thread: 1, merged, by: 'Me', at: '2026-01-01T00:00:00.000Z', state: 'done' },
      ...{ moved: 0, restored: 0, undoable: true },
    }
    moves.unshift(move)
    return told(move, 202)
  }
  if (line === 'GET /v1/thread-moves') return told({ items: moves, next: null })
  const move = moves.find(({ id }) => line === `DELETE /v1/thread-moves/${id}`)
  if (!move) return undefined
  Object.assign(move, { state: 'undone', undoable: false })
  threads.set(move.from, 1)
  return told(move, 202)
}

async function look() {
  at.server.instead = answer
  await at.open('/dashboard?page=moves&site=blog')
  await screen.findByText('No page has moved yet.')
  fireEvent.click(screen.getByRole('button', { name: 'Look at the live site' }))
  await screen.findByText(/^Pages: \d/)
}

const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const row = (name: string) => screen.getByText(name).closest('li') as HTMLElement

describe('The page of moved pages', () => {
  beforeEach(() => {
    at.server.session = { ...session, moderator: { ...session.moderator, role: 'owner' } }
    threads = new Map(
      Object.entries({ '/here': 1, '/there': 4, '/old': 2, '/old-too': 3, '/gone': 1, '/front': 1 }),
    )
    live = { '/old': '/new', '/old-too': '/there', '/gone': null, '/front': '/' }
    moves = []
    refused = new Set()
  })

  it('lists what leads elsewhere, and says what each move comes to before any is done', async () => {
    await look()
    screen.getByText('Pages: 6 · found: 2 · leading elsewhere: 3 · not found: 1')
    within(row('Page /old')).getByText('Goes there with all its comments (shown: 2).')
    within(row('Page /old-too')).getByText('Goes into the thread that is there (shown: 3, there: 4).')
    within(row('Page /old-too')).getByText(/No longer pinned: those by Ada\.$/)
    within(row('Page /front')).getByText(/leads to the front page/)
    // Those that a sitemap names are there.
    expect(asked('POST /v1/page-checks').flatMap(({ body }) => (body as { urls: string[] }).urls)).toEqual(
      ['/old', '/old-too', '/gone', '/front'].map(address),
    )
    expect(asked('POST /v1/thread-moves')).toEqual([])
  })

  it('moves one page by one act, and Undo takes it back', async () => {
    await look()
    click('Move: /old')
    await screen.findByText('Page moved to /new')
    await waitFor(() => expect(screen.queryByText('Page /old')).toBe(null))
    expect(asked('POST /v1/thread-moves').map(({ body }) => body)).toMatchObject([
      { site: 'blog', from: '/old', to: '/new' },
    ])
    fireEvent.click(screen.getByRole('button', { name: /^Undo/ }))
    await screen.findByText('The page is at /old again')
    await screen.findByText(/taken back$/)
  })

  it('moves all by one act, tells of each, and one undo takes all back', async () => {
    await look()
    click('Move all (2)')
    await screen.findByText('Pages moved: 2')
    await screen.findByRole('button', { name: 'Move back: /old' })
    screen.getByRole('button', { name: 'Take apart again: /old-too' })
    fireEvent.click(screen.getByRole('button', { name: /^Undo/ }))
    await screen.findByText('Pages moved back: 2')
    expect(moves.map(({ state }) => state)).toEqual(['undone', 'undone'])
  })

  it('says of pages that lead to the same place that they become one', async () => {
    live['/old-too'] = '/new'
    await look()
    expect(screen.getAllByText('Other pages of this list lead there, too: they become one.')).toHaveLength(2)
    click('Move: /old')
    await within(row('Page /old-too')).findByText('Goes into the thread that is there (shown: 3, there: 2).')
  })

  it('stops where a page can’t move, says why there, and what moved before can be taken back', async () => {
    refused.add('/old-too')
    await look()
    click('Move all (2)')
    await screen.findByText('Page moved to /new')
    await within(row('Page /old-too')).findByRole('alert')
    fireEvent.click(screen.getByRole('button', { name: /^Undo/ }))
    await screen.findByText('The page is at /old again')
  })

  it('takes an earlier move back from the list', async () => {
    await look()
    click('Move: /old')
    fireEvent.click(await screen.findByRole('button', { name: 'Move back: /old' }))
    await screen.findByText('The page is at /old again')
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Move back: /old' })).toBe(null))
  })
})
