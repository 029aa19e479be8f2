import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { QueueItem } from '../../../../worker/contract/queue.ts'
import { finding } from '../../../findings.ts'
import { comment, scored, session } from '../comment.ts'
import { chipsOf, inHand, listed, lookAgain, press, useDashboard } from '../desk.tsx'

const of = (id: string) => `Comment by Author ${id}`
const four = () => [
  scored('1', 'spam', 4),
  scored('2', 'unsure', 0.2),
  scored('3', 'fine', -5),
  scored('4', 'fine', -3),
]

describe('The order of held comments', () => {
  const at = useDashboard()

  it('is as they came, then the hardest first, then the likely fine, by one key', async () => {
    at.server.items = four()
    await at.open()
    expect(listed()).toEqual(['1', '2', '3', '4'].map(of))
    await press('o')
    await waitFor(() => expect(listed()).toEqual(['2', '4', '1', '3'].map(of)))
    expect(inHand()).toBe(of('2'))
    expect(location.search).toBe('?site=blog&sort=hardest')
    expect(document.querySelector('[role=status]')?.textContent).toBe('Hardest first')
    await press('o')
    await waitFor(() => expect(listed()).toEqual(['3', '4', '2', '1'].map(of)))
    await press('o')
    await waitFor(() => expect(listed()).toEqual(['1', '2', '3', '4'].map(of)))
    expect(location.search).toBe('?site=blog')
  })

  it('is kept in the address, and is no other tab’s', async () => {
    at.server.items = [...four(), comment('5', { status: 'spam' })]
    await at.open('/dashboard?site=blog&sort=fine')
    expect(listed()).toEqual(['3', '4', '2', '1'].map(of))
    expect(screen.getByLabelText<HTMLSelectElement>('Order').value).toBe('fine')
    await press('g')
    await press('s')
    await waitFor(() => expect(listed()).toEqual([of('5')]))
    expect(screen.queryByLabelText('Order')).toBeNull()
    expect(screen.queryByText(/Select all likely fine/)).toBeNull()
    fireEvent.click(screen.getByRole('link', { name: /^Held/ }))
    await waitFor(() => expect(listed()).toEqual(['3', '4', '2', '1'].map(of)))
  })

  it('rests while only some of the held are listed', async () => {
    at.server.items = four()
    await at.open('/dashboard?site=blog&q=Body&sort=fine')
    expect(listed()).toEqual(['1', '2', '3', '4'].map(of))
    expect(screen.queryByLabelText('Order')).toBeNull()
    await press('o')
    expect(location.search).toBe('?site=blog&q=Body&sort=fine')
    fireEvent.click(screen.getByRole('button', { name: 'Remove filter: Matching “Body”' }))
    await waitFor(() => expect(listed()).toEqual(['3', '4', '2', '1'].map(of)))
  })

  it('needs a site where there are several, and says so', async () => {
    at.server.session = {
      ...session,
      sites: ['blog', 'news'].map((id) => ({ ...session.sites[0], id }) as never),
    }
    at.server.items = four()
    await at.open()
    expect(screen.queryByLabelText('Order')).toBeNull()
    expect(screen.getAllByText('Choose a site for another order')).toHaveLength(1)
    await press('o')
    expect(screen.getAllByText('Choose a site for another order')).toHaveLength(2)
    expect(listed()).toEqual(['1', '2', '3', '4'].map(of))
    fireEvent.change(screen.getByLabelText('Site'), { target: { value: 'blog' } })
    fireEvent.change(await screen.findByLabelText('Order'), { target: { value: 'hardest' } })
    await waitFor(() => expect(listed()).toEqual(['2', '4', '1', '3'].map(of)))
  })

  it('has all likely fine selected by one button, and approved by one key', async () => {
    at.server.items = [...four(), comment('5'), scored('6', 'unlearnt', -9)]
    await at.open('/dashboard?site=blog&sort=fine')
    fireEvent.click(screen.getByText('Select all likely fine (2)'))
    expect(screen.getByText('2 selected')).toBeTruthy()
    await press('a')
    await screen.findByText('2 approved')
    expect(at.server.items.flatMap(({ id, status }) => (status === 'approved' ? [id] : []))).toEqual([
      '3',
      '4',
    ])
    expect(listed()).toEqual(['6', '2', '1', '5'].map(of))
    expect(screen.queryByText(/Select all likely fine/)).toBeNull()
  })

  it('leaves other likely fine ones, and a selection made before, out of it', async () => {
    at.server.items = four()
    await at.open('/dashboard?site=blog&sort=fine')
    await press('A')
    await press('f')
    expect(screen.getByText('2 selected')).toBeTruthy()
    at.server.add(scored('7', 'fine', -4))
    lookAgain()
    await screen.findByText(/1 new comment/)
    expect(screen.getByText('2 selected')).toBeTruthy()
  })

  it('leaves likely fine ones with another reason to wait out of it, and says so', async () => {
    const also = (id: string, ...more: QueueItem['findings']) => {
      const item = scored(id, 'fine', Number(id) - 20)
      return { ...item, findings: [...more, ...item.findings] }
    }
    at.server.items = [
      also('1', finding('links', 2)),
      also('2', finding('condition')),
      also('3', finding('audit')),
      also('4', finding('screening_unavailable')),
      also('5', finding('page_words')),
      also('6', finding('new_author'), finding('policy')),
      also('7', finding('author_rejected', -1)),
    ]
    await at.open('/dashboard?site=blog&sort=fine')
    fireEvent.click(screen.getByText('Select all likely fine (2)'))
    await screen.findByText('2 selected; 5 likely fine ones have other reasons to wait')
    expect([...at.desk.queue.list.cursor.selected.value]).toEqual(['6', '7'])
  })

  it('is the likely fine first by their own key, which selects nothing then', async () => {
    at.server.items = four()
    await at.open()
    await press('f')
    await waitFor(() => expect(listed()).toEqual(['3', '4', '2', '1'].map(of)))
    expect(location.search).toBe('?site=blog&sort=fine')
    expect(document.querySelector('[role=status]')?.textContent).toBe('Likely fine first')
    expect(screen.queryByText(/ selected/)).toBeNull()
    await press('f')
    expect(screen.getByText('2 selected')).toBeTruthy()
  })

  it('selects none that only leans fine, and says how many do', async () => {
    const leaning = (id: string) => {
      const params = { band: 'fine' as const, score: -3, approves: false, condemns: false, terms: [] }
      return comment(id, { band: 'fine', findings: [{ code: 'learner', weight: 0, params }] })
    }
    at.server.items = [leaning('1'), leaning('2'), comment('3', { band: 'fine' })]
    await at.open('/dashboard?site=blog&sort=fine')
    expect(screen.queryByText(/^Select all likely fine/)).toBeNull()
    await press('f')
    expect(screen.getByText('0 selected; 3 likely fine ones have other reasons to wait')).toBeTruthy()
    expect([...at.desk.queue.list.cursor.selected.value]).toEqual([])
  })

  it('leaves those that only lean fine out of those that surely are', async () => {
    at.server.items = [comment('1', { band: 'fine' }), scored('2', 'fine', -8)]
    await at.open('/dashboard?site=blog&sort=fine')
    fireEvent.click(screen.getByText('Select all likely fine (1)'))
    expect([...at.desk.queue.list.cursor.selected.value]).toEqual(['2'])
  })

  it('takes in what comes where the worker has it, moving nothing until asked', async () => {
    at.server.items = four()
    await at.open('/dashboard?site=blog&sort=fine')
    await press('j')
    at.server.add(scored('5', 'fine', -4), scored('6', 'fine', -8), scored('7', 'spam', 9))
    lookAgain()
    await waitFor(() => expect(listed()).toEqual(['3', '4', '2', '1', '7'].map(of)))
    expect(inHand()).toBe(of('4'))
    await press('n')
    expect(listed()).toEqual(['6', '3', '5', '4', '2', '1', '7'].map(of))
    expect(inHand()).toBe(of('6'))
  })

  it('keeps a comment that is scored anew where it is, and tells one decided elsewhere from it', async () => {
    at.server.items = [1, 2, 3, 4, 5, 6, 7].map((at) => scored(`${at}`, 'fine', at - 10))
    at.server.pageSize = 5
    await at.open('/dashboard?site=blog&sort=fine')
    expect(listed()).toEqual(['1', '2', '3', '4', '5'].map(of))
    at.server.change('2', scored('2', 'spam', 9))
    at.server.decideAs('Mika', '3', 'approve')
    lookAgain()
    await screen.findByText('Approved by Mika')
    expect(screen.queryByText('No longer in this list')).toBeNull()
    lookAgain()
    await waitFor(() => expect(listed()).toEqual(['1', '2', '4', '5', '6', '7'].map(of)))
  })

  it('puts a comment back where it was when its decision is undone', async () => {
    at.server.items = four()
    await at.open('/dashboard?site=blog&sort=hardest')
    await press('j')
    await press('a')
    await screen.findByText('Approved')
    expect(listed()).toEqual(['2', '1', '3'].map(of))
    await press('z')
    await screen.findByText('Undone')
    expect(listed()).toEqual(['2', '4', '1', '3'].map(of))
  })
})

describe('A band', () => {
  const at = useDashboard()

  it('is told in words, with the learner’s strongest terms, whatever it weighs', async () => {
    at.server.items = [
      scored('1', 'spam', 4, 'free', 'sub\u202escribe'),
      scored('2', 'fine', -4, 'thanks'),
      scored('3', 'unsure', 0),
      scored('4', 'unlearnt', 0),
      comment('5', { band: 'fine' }),
      comment('6'),
    ]
    await at.open()
    expect(chipsOf('1')).toEqual(['bad: Likely spam: “free”, “subU+202Escribe”'])
    expect(chipsOf('2')).toEqual(['fine: Likely fine: “thanks”'])
    expect(chipsOf('3')).toEqual(['caution: Unsure'])
    expect(chipsOf('4')).toEqual(['neutral: Written in a way not learnt yet'])
    expect(screen.getAllByText('Screening learns from your decisions.')).toHaveLength(1)
    expect(chipsOf('5')).toEqual(['neutral: Leans fine'])
    expect(chipsOf('6')).toEqual([])
    expect(document.body.textContent).not.toContain('%')
  })

  it('comes before what else was found, of which the row tells why the comment waits', async () => {
    const { findings } = scored('1', 'fine', -4, 'thanks')
    const more = [
      finding('new_author', 0, { trust: 'known' }),
      finding('condition', 0, { conditions: ['holdLinks', 'thread'] }),
      finding('audit'),
    ]
    at.server.items = [comment('1', { band: 'fine', findings: [...more, ...findings] })]
    await at.open()
    const row = [
      'fine: Likely fine: “thanks”',
      'neutral: Always held: has a link, thread checked',
      'neutral: Picked at random to check the screening',
    ]
    expect(chipsOf('1')).toEqual(row)
    await press('i')
    await screen.findByText('Author known, but not trusted yet')
    const all = [...document.querySelectorAll('.context .chips li')].map((chip) => chip.textContent)
    expect(all).toHaveLength(4)
  })
})
