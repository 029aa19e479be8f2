import { limits } from './limits.ts'

/** The sections of the dashboard's settings page that settings stand in. */
export type Group = 'site' | 'trust' | 'besides' | 'byItself' | 'proof' | 'kept'

/** Hours of the day in a time zone, 0 to 23: `to` is excluded, and may lie on the next day. */
export interface Hours {
  from: number
  to: number
  timeZone: string
}

// What a setting can be. The last two arguments are its place on the dashboard and what it means.

/** A whole number in a range, in a unit. */
const whole = <const In extends Group>(
  least: number,
  most: number,
  preset: number,
  unit: string,
  group: In,
  about: string,
) => ({ kind: 'whole' as const, least, most, preset, unit, zeroIsOff: false, group, about })

/** A whole number that is off at 0, as it is where nothing else is chosen. */
const wholeOrOff = <const In extends Group>(
  most: number,
  unit: string,
  group: In,
  about: string,
  preset = 0,
) => ({ ...whole(0, most, preset, unit, group, about), zeroIsOff: true })

/** A share between 0 and 1. People type it as per cents; `step` is the least they can change it by. */
const share = <const In extends Group>(
  least: number,
  most: number,
  preset: number,
  step: number,
  group: In,
  about: string,
) => ({ kind: 'share' as const, least, most, preset, step, group, about })

/** On or off. */
const flag = <const In extends Group>(preset: boolean, group: In, about: string) => ({
  kind: 'flag' as const,
  preset,
  group,
  about,
})

/** One of a few words; the first where nothing is chosen. */
const choice = <const Option extends string, const In extends Group>(
  options: readonly [Option, ...Option[]],
  group: In,
  about: string,
) => ({ kind: 'choice' as const, options, preset: options[0], group, about })

/** A line of text, empty where nothing is chosen. */
const text = <const In extends Group>(most: number, pattern: RegExp, group: In, about: string) => ({
  kind: 'text' as const,
  most,
  pattern,
  preset: '',
  group,
  about,
})

/** Hours of the day, or null for none. */
const hours = <const In extends Group>(group: In, about: string) => ({
  kind: 'hours' as const,
  preset: null,
  group,
  about,
})

/**
 * Every setting of a site. From a line here follow its type, its default, what the server takes, its field on
 * the dashboard (in this order) and its part of the API's description. Its words are in the dashboard's locales.
 */
export const siteSettings = {
  bodyLimit: whole(1, 65_000, 10_000, 'code points', 'site', 'The longest body of a comment.'),
  editMinutes: whole(0, 525_600, 15, 'minutes', 'site', 'How long an approved comment can still be edited.'),
  staffBadge: text(
    limits.badge,
    /^/,
    'site',
    'What stands beside the names of staff; the usual word in the site’s language where it is empty.',
  ),
  readerMail: flag(
    true,
    'site',
    'Lets readers ask to be told by mail of answers and of what became of their comment, where the instance sends mail.',
  ),
  closeAfterDays: wholeOrOff(
    3_650,
    'days',
    'site',
    'How long after its first comment a thread takes more. A thread can have a time of its own.',
  ),
  trustedAfter: whole(1, 1_000, 3, 'comments', 'trust', 'Approved comments that make an author trusted.'),
  holdFirst: wholeOrOff(100, 'comments', 'besides', 'An author’s first comments that are held.'),
  holdDays: wholeOrOff(365, 'days', 'besides', 'How long after an author’s first approval all are held.'),
  maxLinks: whole(0, 100, 2, 'links', 'besides', 'Links that a comment may have; one with more is held.'),
  flagThreshold: whole(1, 20, 3, 'readers', 'besides', 'Flags that bring a comment back to a person.'),
  holdLinks: flag(false, 'besides', 'Holds comments with a link.'),
  holdNewDomains: flag(false, 'besides', 'Holds links to a domain that no approved comment links to.'),
  holdNight: hours('besides', 'Holds comments that come between these hours.'),
  automaticApproval: flag(true, 'byItself', 'Lets screening publish what it has learnt is fine.'),
  automaticSpam: flag(true, 'byItself', 'Lets screening call spam what it has learnt is spam.'),
  errorRate: share(0.001, 0.1, 0.01, 0.001, 'byItself', 'Mistakes that screening may make, each way.'),
  publishedSpam: choice(
    ['share', 'one_in_100', 'one_in_200', 'one_in_500'],
    'byItself',
    'What is promised of spam published: no more of all spam than the mistakes allowed, or no more of what is published.',
  ),
  auditShare: share(0, 1, 0.03, 0.005, 'byItself', 'Automatic verdicts that a person decides again, unseen.'),
  proof: choice(['none', 'work', 'turnstile'], 'proof', 'How a writer proves to be a person.'),
  dayBudget: whole(
    1,
    1_000_000,
    1_000,
    'comments',
    'proof',
    'Comments a day after which newcomers prove it.',
  ),
  networkBudget: whole(
    2,
    1_000,
    100,
    'comments',
    'proof',
    'Comments and edits a day of newcomers of one network. From half of it on they prove to be people.',
  ),
  turnstileSiteKey: text(100, /^[\w-]*$/, 'proof', 'Turnstile’s public key; its secret is set apart.'),
  spamDays: wholeOrOff(3_650, 'days', 'kept', 'How long spam is kept.', 30),
  deletedDays: wholeOrOff(3_650, 'days', 'kept', 'How long a deleted comment is kept.', 30),
  rejectedDays: wholeOrOff(3_650, 'days', 'kept', 'How long a rejected comment is kept.'),
  pendingDays: wholeOrOff(3_650, 'days', 'kept', 'How long a comment is kept that nobody decides.'),
  emailDays: wholeOrOff(3_650, 'days', 'kept', 'How long the e-mail addresses of commenters are kept.'),
  formerTextDays: wholeOrOff(3_650, 'days', 'kept', 'How long a text is kept that an edit replaced.'),
  noteDays: wholeOrOff(3_650, 'days', 'kept', 'How long notes of staff are kept.'),
  deliveryDays: wholeOrOff(
    3_650,
    'days',
    'kept',
    'How long it is known what was delivered, or given up, and to whom.',
    30,
  ),
  storageLimit: wholeOrOff(1_000_000, 'megabytes', 'kept', 'About how much room the comments may take.'),
}

type Table = typeof siteSettings

/** A line of the table. */
export type Setting = Table[keyof Table]

type ValueOf<One extends Setting> = One extends { kind: 'flag' }
  ? boolean
  : One extends { kind: 'choice'; options: readonly (infer Option)[] }
    ? Option
    : One extends { kind: 'text' }
      ? string
      : One extends { kind: 'hours' }
        ? Hours | null
        : number

/** What a site has chosen, of every setting. */
export type SiteSettings = { [Name in keyof Table]: ValueOf<Table[Name]> }

/** Names of the settings of some kinds. */
export type SettingName<Kind extends Setting['kind'] = Setting['kind']> = {
  [Name in keyof Table]: Table[Name] extends { kind: Kind } ? Name : never
}[keyof Table]

/** How a site asks who writes to prove that they are a person: not at all, by the browser's work, by Turnstile. */
export type Proof = SiteSettings['proof']

/** What a site does where it has not chosen. */
export const defaultSettings = Object.fromEntries(
  Object.entries(siteSettings).map(([name, { preset }]) => [name, preset]),
) as SiteSettings

/** The settings of a site from what it has chosen, as JSON. */
export function readSettings(chosen: string): SiteSettings {
  return { ...defaultSettings, ...JSON.parse(chosen) }
}

/** Names of all settings, in order. */
export const settingNames = Object.keys(siteSettings) as SettingName[]

/** Names of those in a section of the settings page, in order. */
export const settingsIn = (group: Group): SettingName[] =>
  settingNames.filter((name) => siteSettings[name].group === group)
