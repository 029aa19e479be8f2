import type { Plan } from '../importers/plan/plan.ts'
import type { Survey } from '../importers/plan/survey.ts'
import { several } from './backup/manifest.ts'

const figure = (count: number) => count.toLocaleString('en')

/** Lines of a list that are shown. */
const most = 10

/** What will become of a file, in words for a terminal. */
export function surveyText({ survey, options }: Plan, given: { isZoneGiven: boolean }): string {
  const { file, formatName, comments, pages } = survey
  return [
    `${file}: ${formatName}, ${several(comments, 'comment')} on ${several(pages.count, 'page')}`,
    ...counts(survey, given),
    ...(options.emails && survey.known ? [emailsOfKnown] : []),
    ...(pages.count > 0 ? onPages(survey) : []),
    ...leftOut(survey),
    ...notQuite(survey),
    ...staff(survey),
    ...samples(survey),
  ].join('\n')
}

const emailsOfKnown =
  '  Those that are here already get no e-mail address: to add them, take their import back first'

function counts(
  { statuses, decided, known, times }: Survey,
  { isZoneGiven }: { isZoneGiven: boolean },
): string[] {
  const states = Object.entries(statuses).filter(([, count]) => count > 0)
  const { earliest, latest, needsZone, zone } = times
  const another = isZoneGiven ? '' : '. Another one: --zone Asia/Tokyo'
  return [
    ...(states.length > 0
      ? [`  ${states.map(([status, count]) => `${figure(count)} ${status}`).join(', ')}`]
      : []),
    ...(known ? [`  ${figure(known)} of them ${known === 1 ? 'is' : 'are'} here already`] : []),
    ...(decided > 0
      ? [
          `  ${several(decided, 'decision')} by people: screening learns from ${decided === 1 ? 'it' : 'them'}`,
        ]
      : []),
    ...(earliest ? [`  from ${earliest.slice(0, 10)} to ${latest?.slice(0, 10)}`] : []),
    ...(needsZone ? [`  Its times name no zone: taken for ${zone}${another}`] : []),
  ]
}

function onPages({ pages }: Survey): string[] {
  const strange = pages.hosts.filter(({ isOurs }) => !isOurs)
  return [
    'Pages with most comments (approved in the file -> shown here afterwards)',
    ...pages.most
      .slice(0, most)
      .map(
        ({ key, approved, willShow }) => `  ${figure(approved)} -> ${figure(willShow ?? approved)}  ${key}`,
      ),
    ...(pages.count > most ? [`  … and ${figure(pages.count - most)} more`] : []),
    ...(pages.closed > 0 ? [`  Closed to new comments: ${several(pages.closed, 'page')}`] : []),
    ...pages.merged.first
      .slice(0, most)
      .map(({ key, addresses }) => `  merged into ${key}: ${addresses.join(' ')}`),
    ...strange.map(
      ({ host, comments }) => `  ${host} is no origin of the site: ${several(comments, 'comment')}`,
    ),
    ...withoutPath(pages),
  ]
}

/** Pages whose file says a name and no path: nothing shows their comments. */
const withoutPath = ({ pathless: { count, first } }: Survey['pages']): string[] =>
  count === 0
    ? []
    : [
        `  Without a path: ${several(count, 'page')}. No page would show their comments. Say where they are by --map, a line each: ${first[0]} -> /path`,
      ]

function leftOut({ leftOut, broken }: Survey): string[] {
  const reasons = Object.entries(leftOut).filter(([, count]) => count > 0)
  return [
    ...(reasons.length > 0 ? ['Left out'] : []),
    ...reasons.map(([reason, count]) => `  ${figure(count)} ${reason.replaceAll('_', ' ')}`),
    ...(broken.count > 0 ? [`Not readable: ${figure(broken.count)}`] : []),
    ...broken.first
      .slice(0, most)
      .map(({ line, message }) => `  ${line > 0 ? `line ${line}: ` : ''}${message}`),
  ]
}

function notQuite({ parents, repeatedIds, times, mended }: Survey): string[] {
  const counted: [count: number, what: string, how: string][] = [
    [parents.missing, 'answer', 'to what is not in the file: at the top of the page'],
    [parents.leftOut, 'answer', 'to what is left out: under the nearest ancestor'],
    [parents.elsewhere, 'answer', 'to a comment of another page: under the nearest ancestor'],
    [parents.circles, 'answer', 'in a circle: the circle is cut'],
    [parents.hidden, 'answer', 'to what readers do not see: at the top of its branch, or of the page'],
    [repeatedIds, 'comment', 'with an id that another one has: both come'],
    [times.future, 'comment', 'from the future: given the time of the import'],
    [times.impossible, 'comment', 'without a possible date: given that of the one before'],
    [mended.names, 'name', 'cut, or without signs that mislead'],
    [mended.titles, 'title', 'cut'],
    [mended.bodies, 'text', 'cut'],
    [mended.websites, 'website', 'dropped'],
    [mended.emails, 'e-mail', 'dropped'],
  ]
  const lines = counted
    .filter(([count]) => count > 0)
    .map(([count, what, how]) => `  ${several(count, what)} ${how}`)
  return lines.length > 0 ? ['Not quite as in the file', ...lines] : []
}

function staff({ authors }: Survey): string[] {
  const people = authors.filter(({ isStaff }) => isStaff).slice(0, most)
  if (people.length === 0) return []
  return [
    'Staff of the old system (--staff OLD=NAME gives them the name and the badge of somebody here)',
    ...people.map(({ name, comments }) => `  ${name}: ${figure(comments)}`),
  ]
}

function samples({ samples }: Survey): string[] {
  if (samples.length === 0) return []
  return [
    'Samples',
    ...samples.flatMap(({ key, author, body, createdAt, status }) => [
      `  ${createdAt.slice(0, 16).replace('T', ' ')}  ${author}  ${status}  ${key}`,
      ...short(body).map((line) => `    | ${line}`),
    ]),
  ]
}

/** The start of a text, without what a terminal would take for an order. */
const short = (text: string): string[] =>
  text
    .replace(/[^\P{C}\n]/gu, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .map((line) => ([...line].length > 100 ? `${[...line].slice(0, 99).join('')}…` : line))
