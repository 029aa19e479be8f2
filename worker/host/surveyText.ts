import type { Plan } from '../importers/plan/plan.ts'
import type { Survey } from '../importers/plan/survey.ts'

const figure = (count: number) => count.toLocaleString('en')

/** Lines of a list that are shown. */
const most = 10

/** What will become of a file, in words for a terminal. */
export function surveyText(plan: Plan): string {
  const { survey } = plan
  const keys = plan.pages().map(({ key }) => key)
  return [
    `${survey.file}: ${survey.formatName}, ${figure(survey.comments)} comments on ${figure(survey.pages.count)} pages`,
    ...counts(survey),
    ...pages(survey),
    ...withoutAddress(keys.filter((key) => !key.startsWith('/'))),
    ...leftOut(survey),
    ...notQuite(survey),
    ...staff(survey),
    ...samples(survey),
  ].join('\n')
}

function counts({ statuses, decided, known, times }: Survey): string[] {
  const states = Object.entries(statuses).filter(([, count]) => count > 0)
  const { earliest, latest, needsZone, zone } = times
  return [
    `  ${states.map(([status, count]) => `${figure(count)} ${status}`).join(', ')}`,
    ...(known ? [`  ${figure(known)} of them are here already`] : []),
    ...(decided > 0 ? [`  ${figure(decided)} were decided by people: screening learns from those`] : []),
    ...(earliest ? [`  from ${earliest.slice(0, 10)} to ${latest?.slice(0, 10)}`] : []),
    ...(needsZone ? [`  Its times name no zone: taken for ${zone}. Another one: --zone Asia/Tokyo`] : []),
  ]
}

function pages({ pages }: Survey): string[] {
  const strange = pages.hosts.filter(({ isOurs }) => !isOurs)
  return [
    'Pages with most comments (approved in the file -> shown here afterwards)',
    ...pages.most
      .slice(0, most)
      .map(
        ({ key, approved, willShow }) => `  ${figure(approved)} -> ${figure(willShow ?? approved)}  ${key}`,
      ),
    ...(pages.count > most ? [`  … and ${figure(pages.count - most)} more`] : []),
    ...(pages.closed > 0 ? [`  ${figure(pages.closed)} take no more comments`] : []),
    ...pages.merged.first
      .slice(0, most)
      .map(({ key, addresses }) => `  merged into ${key}: ${addresses.join(' ')}`),
    ...strange.map(
      ({ host, comments }) => `  ${host} is no origin of the site: ${figure(comments)} comments`,
    ),
  ]
}

/** Pages whose file says a name and no path: nothing shows their comments. */
const withoutAddress = (keys: string[]): string[] =>
  keys.length === 0
    ? []
    : [
        `  ${figure(keys.length)} have no path, so no page would show them. Say where they are by --map, a line each: ${keys[0]} -> /path`,
      ]

function leftOut({ leftOut, broken }: Survey): string[] {
  const reasons = Object.entries(leftOut).filter(([, count]) => count > 0)
  return [
    ...(reasons.length > 0 ? ['Left out'] : []),
    ...reasons.map(([reason, count]) => `  ${figure(count)} ${reason.replaceAll('_', ' ')}`),
    ...(broken.count > 0 ? [`Not readable: ${figure(broken.count)}`] : []),
    ...broken.first.slice(0, most).map(({ line, message }) => `  line ${line}: ${message}`),
  ]
}

function notQuite({ parents, repeatedIds, times, mended }: Survey): string[] {
  const counted: [count: number, what: string][] = [
    [parents.missing, 'answers whose parent is not in the file: at the top of their page'],
    [parents.leftOut, 'answers whose parent is left out: under the nearest ancestor'],
    [parents.elsewhere, 'answers whose parent is on another page: under the nearest ancestor'],
    [parents.circles, 'answers that answer themselves: the circle is cut'],
    [repeatedIds, 'comments with an id that another one has: both come'],
    [times.future, 'comments from the future: they get the time of the import'],
    [times.impossible, 'comments without a possible date: they get that of the one before'],
    [mended.names, 'names that are cut'],
    [mended.titles, 'titles that are cut'],
    [mended.bodies, 'texts that are cut'],
    [mended.websites, 'websites that are dropped'],
    [mended.emails, 'e-mail addresses that are dropped'],
  ]
  const lines = counted.filter(([count]) => count > 0).map(([count, what]) => `  ${figure(count)} ${what}`)
  return lines.length > 0 ? ['Not quite as in the file', ...lines] : []
}

function staff({ authors }: Survey): string[] {
  const people = authors.filter(({ isStaff }) => isStaff).slice(0, most)
  if (people.length === 0) return []
  return [
    'Staff of the old system (the dashboard gives them the badge of people here)',
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
