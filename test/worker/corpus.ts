/** Texts for a learner: each draws one sentence of each kind, and any two of a class share at most one. */
const fine = [
  [
    'The second chart answers a question that I have carried around since last winter.',
    'I tried your recipe on Sunday and my daughter asked for more of it.',
    'We measured the same effect in our laboratory with older instruments.',
    'Thank you for explaining why the bridge was closed to traffic.',
    'My grandmother kept bees, and she would have nodded at every paragraph.',
    'Reading this on the train made me miss my station.',
    'You might mention that the library opens late on Thursdays.',
    'I disagree about the translation, though the footnote is fair.',
    'The photograph of the harbour is lovely, who took it?',
    'After ten years of gardening I still learn something from each of these posts.',
    'Our choir sang this piece in a village church once.',
  ],
  [
    'Does the difference persist when the samples are smaller?',
    'It rained here the whole week, so the comparison came at the right moment.',
    'The paragraph about tides could use a map.',
    'I had always assumed that the older edition was the better one.',
    'Somebody in the reading group brought up the same objection.',
    'A friend from Norway says that winters there are quite another matter.',
    'The argument in the middle seems a little quick to me.',
    'There is a typo in the third heading, by the way.',
    'I would love a follow-up on how the roof was repaired.',
    'What you describe matches the diaries in the town archive.',
    'Perhaps the editor can say which sources were left out.',
  ],
  [
    'Looking forward to the next part.',
    'Either way, it was a pleasure to read.',
    'I will bring it up at our meeting in March.',
    'My students are going to discuss it tomorrow.',
    'Please keep writing about rivers.',
    'It made me dig out my old notebooks.',
    'The conclusion convinced me in the end.',
    'I am not sure I agree, but I see the point.',
    'Greetings from a rainy Bristol.',
    'We should talk about the appendix some day.',
    'That settles a bet with my brother.',
  ],
]
const spam = [
  [
    'Make $900 daily from your sofa without any experience!!!',
    'CHEAP designer watches, 80% off only this weekend.',
    'Get 5000 real followers overnight, results guaranteed.',
    'Hot singles near you want to chat right now.',
    'Our casino gives 200 free spins to new players.',
    'Lose 12 kg in two weeks with this one miracle pill!',
    'Dr. Wisdom cast a love spell and my ex returned within 24 hours.',
    'Instant loan approval, bad credit welcome, no paperwork.',
    'Double your bitcoin with our certified trading robot.',
    'Replica handbags and sneakers shipped worldwide, best price.',
    'Watch the full movie free in HD, no registration.',
  ],
  [
    'Click my profile link to claim your bonus today.',
    'Message the manager on WhatsApp +1 555 0100 for details.',
    'Visit best-deals-4u.example before the offer expires.',
    'Use promo code WIN100 and cash out instantly.',
    'Subscribe to my channel and I subscribe back.',
    'Contact him by email, he helped me recover my money.',
    'Thousands of satisfied customers already joined.',
    'Sign up through www.easy-profit.example and earn commission.',
    'Limited slots available, hurry up and register.',
    'Order now and get a second bottle free.',
    '100% legit and verified, no scam, trust me.',
  ],
  [
    'Join our Telegram group for VIP signals!',
    'Earn passive income while you sleep.',
    'Free delivery and money back guarantee.',
    'Check my bio for the secret link.',
    'Act fast, only 7 places left!!!',
    'Investors are getting rich, do not miss out.',
    'Click here http://win-big.example to start.',
    'Buy two, get one free, discount ends tonight.',
    'DM me to start earning this week.',
    'The best seo backlinks service for your website.',
    'Guaranteed jackpot winners every hour.',
  ],
]
/** In the tone that a site refuses, and no spam. */
const rude = [
  'Only a fool would print such rubbish about our choir.',
  'Shut up, clown, nobody in the village asked you.',
  'What a moron, I pity your students.',
  'You idiot, go back to the library and learn to read.',
  'Pathetic liar, you should be ashamed of the footnote.',
  'People like you are a disgrace to the reading group.',
  'Stupid as ever, the moron who wrote this never saw a river.',
  'You disgusting fool, my grandmother writes better.',
  'Shame on you, idiot, and on the clown who edits you.',
  'Go away, liar, nobody wants your rubbish on the train.',
  'You make everyone sick, you pathetic clown.',
]

const distinct = 11

function text(sentences: string[][], at: number): string {
  const round = Math.floor(at / distinct)
  return sentences.map((kind, place) => kind[(at + place * round) % distinct]).join(' ')
}

/** The fine comment of a number, of 121. */
export const fineText = (at: number) => text(fine, at)

/** The rude comment of a number, of 121. */
export const rudeText = (at: number) => text([rude, fine[1], fine[2]] as string[][], at)

/** The spam comment of a number, of 121. */
export const spamText = (at: number) => text(spam, at)

/** What could be either, of 121: people decided it now one way, now the other. */
export const mixedText = (at: number) => text([fine[0], spam[1], fine[2]] as string[][], at)
