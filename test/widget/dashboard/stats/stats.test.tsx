import { fireEvent, screen, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { speak } from '../../../../widget/dashboard/core/words.ts'
import en from '../../../../widget/dashboard/locales/en.json'
import ja from '../../../../widget/dashboard/locales/ja.json'
import { automationWords, durationWords, shareWords } from '../../../../widget/dashboard/stats/automation.ts'
import type { SiteStats } from '../../../../worker/contract/stats.ts'
import { dashboardWords } from '../../../wordFlaws.ts'
import { useDashboard } from '../desk.tsx'
import { statsOf } from '../settings/server.ts'

const page = '/dashboard?page=stats'
const audit = {
  approve: { checked: 40, wrong: 3, error: 0.075 },
  spam: { checked: 20, wrong: 0, error: 0 },
}

describe('The statistics', () => {
  const at = useDashboard()

  it('tell what is left to people, how long they take, and how often screening errs', async () => {
    at.server.settings.stats = [statsOf({ audit, imported: 3120 })]
    await at.open()
    fireEvent.click(screen.getByRole('link', { name: 'Statistics' }))
    await screen.findByText('Screening decides by itself what it is sure of, and leaves the rest to people.')
    expect(screen.getByText(/3,120 imported decisions are among what it learns from\./)).toBeTruthy()
    expect(
      screen.getByText(/Learnt from 300 approved, 200 spam and 40 rejected for other reasons\./),
    ).toBeTruthy()
    expect(screen.getByText('50%')).toBeTruthy()
    expect(screen.getByText('65 of the latest 130')).toBeTruthy()
    expect(screen.getByText('12 minutes')).toBeTruthy()
    expect(
      screen.getByText('Half are decided sooner; the slowest tenth waits longer than 3 hours.'),
    ).toBeTruthy()
    const errors = within(screen.getByRole('table', { name: 'Mistakes of what it decides by itself' }))
    expect(errors.getAllByRole('row').map((row) => row.textContent)).toEqual([
      'PublishedMarked as spam',
      'Checked by a person4020',
      'Wrong30',
      'Measured mistakes7.5% ▲0%',
      'Expected beforehand0.8%0.9%',
      'Allowed1%1%',
    ])
    expect(screen.getByText(/Expected to be left to people: 20%\./)).toBeTruthy()
  })

  it('show the course of what is held in a picture that says it in words, and as a table', async () => {
    at.server.settings.stats = [statsOf()]
    await at.open(page)
    await screen.findByRole('img', {
      name: 'From 90% to 17%, over 3 steps of fifty comments, the oldest first',
    })
    const bars = [...document.querySelectorAll<HTMLElement>('.bars span')]
    expect(bars.map(({ style }) => style.flexGrow)).toEqual(['1', '1', '0.6'])
    expect(document.querySelector('.scale')?.textContent).toBe('100%0%')
    const table = screen.getByText('As a table').closest('details')?.querySelector('table')
    expect([...(table?.rows ?? [])].map((row) => row.textContent)).toEqual([
      'CommentsHeldShare',
      '1–5045 / 5090%',
      '51–10015 / 5030%',
      '101–1305 / 3017%',
    ])
  })

  it('say that there is nothing yet on a new site', async () => {
    const nothing = { screened: 0, held: 0, holdRate: null, series: [], timeToDecision: null }
    const needs = { decisions: 100, fine: 15, spam: 15 }
    at.server.settings.stats = [
      statsOf(
        { state: 'learning', learnt: { fine: 0, spam: 0, refused: 0 }, needs, expected: null },
        nothing,
      ),
    ]
    await at.open(page)
    await screen.findByText('No comment has been screened yet.')
    expect(screen.queryByRole('img')).toBeNull()
    expect(screen.getByText(/It needs 100 more decisions, 15 more approved, and 15 more spam\./)).toBeTruthy()
    expect(screen.queryByRole('table')).toBeNull()
  })

  it('say when so much came today that newcomers have to prove that they are people', async () => {
    const today = (comments: number) => statsOf({}, { today: { comments, budget: 1_000 } })
    at.server.settings.stats = [today(999)]
    await at.open(page)
    await screen.findByText('50%')
    expect(screen.queryByText(/came today/)).toBeNull()
    at.server.settings.stats = [today(1_204)]
    await at.open(page)
    await screen.findByText(/^1,204 comments came today, of 1,000 that a day has/)
  })

  it('lead to the settings of their site', async () => {
    at.server.settings.stats = [statsOf()]
    await at.open(page)
    fireEvent.click(await screen.findByRole('button', { name: 'Settings of Blog' }))
    await screen.findByLabelText('Mistakes allowed, each way')
  })

  it('tell a failure in words and try again', async () => {
    at.server.instead = (line) =>
      line === 'GET /v1/stats'
        ? { status: 503, body: { error: { code: 'unavailable', message: '' } } }
        : undefined
    await at.open(page)
    await screen.findByText('This could not be loaded: The server does not answer.')
    at.server.instead = () => undefined
    at.server.settings.stats = [statsOf()]
    fireEvent.click(screen.getByText('Try again'))
    await screen.findByText('65 of the latest 130')
  })
})

describe.each(['en', 'ja'] as const)('In %s', (name) => {
  const states: Partial<SiteStats['automation']>[] = [
    { state: 'premoderate' },
    { state: 'off' },
    { state: 'on' },
    { state: 'learning' },
    { state: 'learning', needs: { decisions: 60, fine: 0, spam: 8 } },
    { state: 'stepped_back', audit },
  ]

  it.each(states)('$state is a sentence', (automation) => {
    speak(name, { en, ja }[name])
    expect(automationWords(statsOf(automation))).toMatch(/^[^{}]+[.。]$/)
    expect(automationWords(statsOf(automation))).not.toMatch(/undefined|NaN/)
  })

  it('what is lacking and what is not is told apart', () => {
    speak(name, { en, ja }[name])
    const words = automationWords(statsOf(states[4]))
    expect(words).toMatch(/60.*8/)
    expect(words).not.toContain(name === 'en' ? 'approved' : '承認')
  })

  it('stepping back names the error that was measured and the one allowed', () => {
    speak(name, { en, ja }[name])
    expect(automationWords(statsOf(states[5]))).toMatch(
      name === 'en'
        ? /the 1% you allow\. Of 40 .*refused 3 \(7\.5%\)\. Until/
        : /許容\(1%\).*40件.*3件\(7\.5%\)/,
    )
    expect(automationWords(statsOf(states[5]))).not.toMatch(name === 'en' ? /took for spam/ : /スパムにした/)
  })
})

it('Sentences stand side by side in languages that set commas in lists, too', () => {
  speak('de', dashboardWords('de') as typeof en)
  expect(automationWords(statsOf({ state: 'stepped_back', audit }))).toMatch(/erlaubten 1\s%\. Von 40 /)
})

describe('Figures', () => {
  it.each([
    [0, '0%'],
    [0.004, '0.4%'],
    [0.05, '5%'],
    [0.126, '13%'],
    [1, '100%'],
  ])('%d is %s', (share, words) => {
    speak('en', en)
    expect(shareWords(share)).toBe(words)
  })

  it.each([
    [0.4, '0 seconds'],
    [59, '59 seconds'],
    [90, '1.5 minutes'],
    [720, '12 minutes'],
    [3_600, '1 hour'],
    [200_000, '2.3 days'],
  ])('%d seconds are %s', (seconds, words) => {
    speak('en', en)
    expect(durationWords(seconds)).toBe(words)
  })
})
