import type { Result } from './trial.ts'

/** A figure of screening on public texts, a share from 0 to 1 or, of the AUC, the area, and what it is to reach. */
export interface Figure {
  what: string
  of: (results: Result[]) => number | null
  most?: number
  least?: number
}

/** One way in which sites really run, by the command that tries it. */
export interface Promised {
  about: string
  args: (file: (name: string) => string) => string[]
  figures: Figure[]
}

const figure = (results: Result[], name: string, at = 0) => results.at(at)?.figures[name]?.mean ?? null

const worst = (values: (number | null)[]) => {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}

const toCheck: Figure = { what: '… to check', of: (all) => figure(all, 'heldToCheck') }

const held = (most: number, at = 0): Figure => ({ what: 'held', most, of: (all) => figure(all, 'held', at) })

const errors = (most: number, at = 0): Figure[] => [
  { what: 'ham called spam', most, of: (all) => figure(all, 'hamCalledSpam', at) },
  { what: 'spam published', most, of: (all) => figure(all, 'spamApproved', at) },
]

const loop = ['--protocol', 'closed-loop', '--runs', '3']
const videos = 'youtube-spam.csv'

const ordered = (order: string): Promised => ({
  about: `the queue's order: ${order}`,
  args: (file) => ['--corpus', file(videos), ...loop, '--order', order, '--decisions', '200,400'],
  figures: [1, 2].flatMap((at) =>
    errors(0.015, at).map((one) => ({ ...one, what: `${one.what} after ${at * 200}` })),
  ),
})

const rare = (share: string, most: number): Promised => ({
  about: `${Number(share) * 100} % spam, 1,000 decisions`,
  args: (file) => [
    ...['--corpus', file(videos), '--ham', file('offcombr.csv'), '--spam-share', share],
    ...['--protocol', 'curve', '--decisions', '1000', '--runs', '6', '--published-spam', 'one_in_200'],
  ],
  figures: [
    held(most),
    { what: 'published is spam', most: 0.005, of: (all) => figure(all, 'spamOfPublished') },
  ],
})

const evasions = (results: Result[]) =>
  Object.values(results.at(-1)?.evasion ?? {}).map((recall) => recall?.mean ?? 0)

/** What the project promises of screening; the corpora are no part of it. */
export const promises: Promised[] = [
  {
    about: 'closed loop',
    args: (file) => ['--corpus', file(videos), ...loop],
    figures: [held(0.2), toCheck, ...errors(0.01)],
  },
  {
    about: 'with 2 % mistakes',
    args: (file) => ['--corpus', file(videos), ...loop, '--mistakes', '0.02'],
    figures: [
      held(0.25),
      toCheck,
      ...errors(0.01),
      { what: 'asked again', most: 0.04, of: (all) => figure(all, 'askedAgain') },
    ],
  },
  {
    about: 'Japanese site, English spam, 500 decisions',
    args: (file) => [
      ...['--corpus', file('ja-ham.json'), '--foreign', file(videos)],
      ...['--protocol', 'closed-loop', '--decisions', '500'],
    ],
    figures: [
      held(0.2, 1),
      {
        what: 'good English called spam',
        most: 0.05,
        of: (all) => Object.values(all[1]?.others ?? {})[0]?.spam?.mean ?? null,
      },
      { what: 'not learnt', most: 0.15, of: (all) => figure(all, 'heldUnlearnt', 1) },
    ],
  },
  rare('0.05', 0.3),
  rare('0.02', 0.45),
  {
    about: 'a new page',
    args: (file) => ['--corpus', file(videos), '--protocol', 'new-page'],
    figures: [
      {
        what: 'ham called spam, worst page',
        most: 0.015,
        of: (all) => worst(all.slice(0, -1).map((_, at) => figure(all, 'hamCalledSpam', at))),
      },
      held(0.5, -1),
    ],
  },
  ordered('hardest'),
  ordered('fine-first'),
  ordered('select-all'),
  {
    about: 'in the order of time',
    args: (file) => ['--corpus', file(videos), ...loop, '--arrival', 'date'],
    figures: [held(0.26), toCheck, ...errors(0.01)],
  },
  {
    about: 'abuse, refused 150 times',
    args: (file) => [
      ...['--corpus', file(videos), '--protocol', 'abuse'],
      ...['--abuse', file('offcombr.csv'), '--runs', '6'],
    ],
    figures: [
      {
        what: 'of it published',
        most: 0.2,
        of: ([one]) => one?.others?.['what people would refuse']?.published?.mean ?? null,
      },
      {
        what: 'of good published',
        least: 0.5,
        of: ([one]) => one?.others?.['good comments beside it']?.published?.mean ?? null,
      },
    ],
  },
  {
    about: '1,000 decisions, all taught',
    args: (file) => ['--corpus', file(videos), '--protocol', 'curve', '--decisions', '1000', '--runs', '6'],
    figures: [held(0.17), { what: 'not learnt', most: 0.15, of: (all) => figure(all, 'heldUnlearnt') }],
  },
  {
    about: 'a page held back',
    args: (file) => ['--corpus', file(videos), '--protocol', 'leave-one-group-out', '--evasion'],
    figures: [
      { what: 'AUC', least: 0.99, of: (all) => figure(all, 'auc', -1) },
      { what: 'ham called spam', most: 0.01, of: (all) => figure(all, 'hamCalledSpam', -1) },
      { what: 'worst evasion found', least: 0.86, of: (all) => Math.min(...evasions(all)) },
    ],
  },
]
