import type { Row } from '../../../../worker/host/evaluate/corpus.ts'
import type { Label } from '../../../../worker/moderation/learner/lessons.ts'

const said = {
  fine: [
    [
      'I read this twice',
      'The second chart',
      'Your point about tides',
      'My grandmother',
      'In our harbour',
      'Thanks',
    ],
    [
      'and the ending surprised me.',
      'explains more than the text does.',
      'reminds me of a winter by the sea.',
      'never fished with a net like that.',
      'was wrong about the lighthouse, I think.',
      'made me look for the old map again.',
      'is worth another article.',
      'needs a source, otherwise well argued.',
      'changed how our village plans the quay.',
      'and I still have a question about salt.',
    ],
  ],
  spam: [
    [
      'Earn money at home',
      'Cheap watches here',
      'Free followers now',
      'Win a phone',
      'Hot offer',
      'Visit my shop',
    ],
    [
      'click the link in my profile!!!',
      'limited time, order today',
      'no experience needed, weekly payout',
      'guaranteed bonus for the first hundred',
      'use my code and save 90 %',
      'subscribe and get a free gift card',
      'best price, worldwide delivery',
      'double your coins before midnight',
      'message me on the app for the secret trick',
      'check out my channel, you will not regret it',
    ],
  ],
} satisfies Record<Label, [string[], string[]]>

/** A hundred and twenty made-up rows, ham and spam by turns, in two groups, a day apart. */
export function rows(): Row[] {
  const texts = (label: Label) =>
    said[label][1].flatMap((end) => said[label][0].map((start) => `${start} ${end}`))
  const spam = texts('spam')
  return texts('fine').flatMap((body, at) =>
    (['fine', 'spam'] as const).map((label, turn) => ({
      group: at % 2 === 0 ? 'north' : 'south',
      label,
      date: new Date(Date.UTC(2026, 0, 1 + 2 * at + turn)).toISOString(),
      body: label === 'fine' ? body : (spam[at] as string),
      number: 2 * at + turn + 2,
    })),
  )
}

const met = {
  fine: [
    ['Good evening all', 'My uncle', 'The author', 'This garden', 'Our teacher', 'The old mill'],
    ['keeps bees on the roof.', 'wrote about it in spring.', 'has a photo from before the flood.'].concat([
      'was open on Sunday.',
      'explains the recipe well.',
      'deserves a longer visit.',
      'still has the first edition.',
      'is worth the walk.',
    ]),
  ],
  refused: [
    ['You idiot', 'Shut up, clown', 'Only a fool', 'You people', 'What a moron', 'Pathetic liar'],
    ['nobody wants your rubbish here.', 'go back where you came from.', 'you make everyone sick.'].concat([
      'stupid as ever.',
      'learn to think before you open your mouth.',
      'you and your disgusting friends.',
      'a disgrace to this town.',
      'you should be ashamed.',
    ]),
  ],
} satisfies Record<string, [string[], string[]]>

/** As many made-up comments that people publish or refuse for their tone, by turns. */
export function tones(): { body: string; refused: boolean }[] {
  const texts = ([starts, ends]: [string[], string[]]) =>
    ends.flatMap((end) => starts.map((start) => `${start}, ${end}`))
  const refused = texts(met.refused)
  return texts(met.fine).flatMap((body, at) => [
    { body, refused: false },
    { body: refused[at] as string, refused: true },
  ])
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** Rows as a file. */
export const csv = (some: Row[]) =>
  [
    'group,label,date,body',
    ...some.map(({ group, label, date, body }) =>
      [group, label === 'fine' ? 'ham' : label, date, quoted(body)].join(','),
    ),
  ].join('\r\n')
