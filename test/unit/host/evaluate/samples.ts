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

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** Rows as a file. */
export const csv = (some: Row[]) =>
  [
    'group,label,date,body',
    ...some.map(({ group, label, date, body }) =>
      [group, label === 'fine' ? 'ham' : label, date, quoted(body)].join(','),
    ),
  ].join('\r\n')
