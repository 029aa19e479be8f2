import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Erasure } from '../../../../worker/contract/erasures.ts'
import { soughtBy } from '../../../../worker/contract/personSought.ts'
import type { FoundAuthor, Person } from '../../../../worker/contract/persons.ts'
import { session } from '../comment.ts'
import { useDashboard } from '../desk.tsx'

const dashboard = useDashboard()
const at = '2026-01-01T00:00:00.000Z'
const blog = { id: 'blog', name: 'Blog' }

const author = (id: string, browser: number, more: Partial<FoundAuthor> = {}): FoundAuthor => ({
  ...{ id, browser, site: blog, name: 'Mika', comments: 2, since: at, until: at, more: false },
  statuses: { pending: 0, approved: 2, rejected: 0, spam: 0, deleted: 0 },
  ...{ names: ['Mika'], emails: ['mika@mail.example'], appeals: 0, flags: 0, subscriptions: 0, notes: 0 },
  ...{ banned: false, erasure: null },
  ...more,
})
const person = (authors: FoundAuthor[], more: Partial<Person> = {}): Person => ({
  ...{ emails: [], authors, more: false, next: null },
  ...more,
})
const erasure = (authorId: string, state: Erasure['state'], erased: number) => {
  const parts = [{ site: blog, authorId, comments: 2, more: false, erased }]
  return { status: 200, body: { state, by: 'Me', at, parts } }
}
const asked = (start: string) => dashboard.server.asked.filter(({ line }) => line.startsWith(start))
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))

function search(typed: string) {
  fireEvent.input(screen.getByRole('textbox', { name: /^An e-mail address/ }), { target: { value: typed } })
  fireEvent.submit(screen.getByRole('textbox', { name: /^An e-mail address/ }).closest('form') as HTMLElement)
}

describe('The page of persons', () => {
  let answers: Record<string, { status: number; body?: unknown }> = {}

  beforeEach(() => {
    answers = {}
    dashboard.server.session = { ...session, moderator: { ...session.moderator, role: 'owner' } }
    dashboard.server.instead = (line) => answers[line]
  })

  it('finds by what is typed, which stands in no address, and tells authors apart', async () => {
    const other = author('a3', 2, {
      name: 'M. <b>',
      emails: [],
      banned: true,
      flags: 1,
      names: ['M. <b>', 'Em'],
    })
    const site = { id: 'news', name: 'News' }
    answers['POST /v1/persons/searches'] = {
      status: 200,
      body: person([author('a1', 1), author('a2', 1, { site }), other]),
    }
    await dashboard.open('/dashboard?page=person')
    await screen.findByRole('heading', { name: 'Persons' })
    search(' mika@mail.example ')
    await screen.findByText('3 authors found')
    expect(asked('POST /v1/persons')[0]?.body).toEqual({ email: 'mika@mail.example' })
    expect(location.search).toBe('?page=person')
    expect(screen.getAllByRole('checkbox').map((box) => box.getAttribute('aria-label'))).toEqual([
      'Mika – Blog, Mika – News: is the person',
      'M. <b> – Blog: is the person',
    ])
    expect(screen.getByText(/reported 1 comment/)).toBeTruthy()
    expect(screen.getByText(/banned/)).toBeTruthy()
  })

  it('says that nobody is known by it, and looks further back for a name', async () => {
    answers['POST /v1/persons/searches'] = { status: 200, body: person([], { next: '7' }) }
    await dashboard.open('/dashboard?page=person')
    await screen.findByRole('heading', { name: 'Persons' })
    search('Mika')
    await screen.findByRole('button', { name: 'Look further back' })
    answers['POST /v1/persons/searches'] = { status: 200, body: person([]) }
    click('Look further back')
    await screen.findByText('Nobody here is known by that.')
    expect(asked('POST /v1/persons').map(({ body }) => body)).toEqual([
      { name: 'Mika' },
      { name: 'Mika', cursor: '7' },
    ])
  })

  it('erases those who are chosen and no others, and tells how far all are', async () => {
    answers['POST /v1/persons/searches'] = {
      status: 200,
      body: person([author('a1', 1), author('a2', 2, { name: 'M.' }), author('a3', 3, { name: 'Nora' })]),
    }
    for (const id of ['a1', 'a2']) {
      answers[`DELETE /v1/authors/${id}`] = erasure(id, 'working', 0)
      answers[`GET /v1/authors/${id}/erasure`] = erasure(id, 'working', 1)
    }
    await dashboard.open('/dashboard?page=person&author=a1')
    await screen.findByText('3 authors found')
    expect(asked('POST /v1/persons')[0]?.body).toEqual({ author: 'a1' })
    for (const name of ['Mika', 'M.'])
      fireEvent.click(screen.getByRole('checkbox', { name: `${name} – Blog: is the person` }))
    click('Erase this person…')
    fireEvent.click(screen.getByRole('checkbox', { name: /^Nothing brings this back/ }))
    click('Erase for good')
    await screen.findByText('0 of 4 comments erased.')
    await waitFor(() => expect(document.activeElement?.tagName).toBe('H2'))
    for (const id of ['a1', 'a2']) answers[`GET /v1/authors/${id}/erasure`] = erasure(id, 'done', 2)
    await screen.findByText('4 of 4 comments erased.', {}, { timeout: 4_000 })
    expect(asked('DELETE').map(({ line }) => line)).toEqual([
      'DELETE /v1/authors/a1',
      'DELETE /v1/authors/a2',
    ])
  })
})

it('What is typed is taken for what it looks like', () => {
  const id = '0197a0d2-1111-7000-8000-000000000001'
  const token = 'aB3_'.repeat(11).slice(0, 43)
  expect(soughtBy(' Mika@Mail.example ')).toEqual({ email: 'Mika@Mail.example' })
  expect(soughtBy(`https://blog.example/post#comment-${id.toUpperCase()}`)).toEqual({ comment: id })
  expect(soughtBy(token)).toEqual({ token })
  expect(soughtBy('Mika @ home')).toEqual({ name: 'Mika @ home' })
})
