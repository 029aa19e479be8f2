import { openAsBlob } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { formatName } from '../contract/importFormats.ts'
import type { ImportView } from '../contract/imports.ts'
import { openFile } from '../importers/opening/open.ts'
import { UnreadableFile } from '../importers/opening/problems.ts'
import { checkPlan } from '../importers/plan/checkPlan.ts'
import { endKilled, isAllHere } from '../importers/plan/endKilled.ts'
import { type PlanOptions, usualOptions } from '../importers/plan/options.ts'
import { type PageRule, readPageRules } from '../importers/plan/pageRules.ts'
import type { Clock, Plan, ReadProgress, SendProgress } from '../importers/plan/plan.ts'
import { NotReceived } from '../importers/plan/receiver.ts'
import { sendImport } from '../importers/plan/sendImport.ts'
import { surveyImport } from '../importers/plan/surveyImport.ts'
import { several } from './backup/manifest.ts'
import type { Operator } from './operator.ts'
import type { Work } from './siteCommands.ts'
import { originOf } from './siteFields.ts'
import { surveyText } from './surveyText.ts'
import { note, Refusal, sentence } from './terminal.ts'

/** What the command line says of an import. */
export interface Choices {
  site?: string | undefined
  'dry-run'?: boolean | undefined
  yes?: boolean | undefined
  map?: string | undefined
  zone?: string | undefined
  /** The first is what stands before paths. */
  origin?: string[] | undefined
  pings?: boolean | undefined
  emails?: boolean | undefined
}

const clock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds, signal) => delay(milliseconds, undefined, signal ? { signal } : {}),
}

/** Milliseconds between two lines of progress. */
const pause = 2000

/**
 * Brings the comments of another system's file to a site: tells first what will become of them, and asks. The same file
 * again brings only what is not there, so what broke off is repeated.
 *
 * @returns what there is to say at the end
 * @throws Refusal
 */
export async function importFile(instance: Operator, path: string, choices: Choices): Promise<string> {
  const options = await optionsOf(instance, path, choices)
  const called = new AbortController()
  process.once('SIGINT', () => called.abort(new Refusal('Stopped. The same command goes on where it was.')))
  const { signal } = called
  try {
    const blob = await openAsBlob(path).catch((error) => {
      throw new Refusal(`${path} cannot be read: ${sentence(error)}`)
    })
    const file = await openFile(blob, basename(path))
    for (const { file: of, code, what } of file.warnings) note(`${of}: ${code.replaceAll('_', ' ')} ${what}`)
    const plan = await surveyImport(file, options, { signal, onProgress: paced(readLine) })
    await checkPlan(plan, instance.imports, { signal })
    const told = surveyText(plan, { isZoneGiven: choices.zone !== undefined })
    if (choices['dry-run']) return told
    const { known, comments } = plan.survey
    if (comments === 0) return `${told}\nNo comment of this file comes.`
    if (isAllHere(plan)) {
      await endKilled(plan, instance.imports, (await instance.importsOf(options.site.id)).items)
      return `${options.site.id} has all of it already: ${several(comments, 'comment')}.`
    }
    note(told)
    await agree(plan, choices)
    return ended(
      known ?? 0,
      await sendImport(plan, instance.imports, clock, { signal, onProgress: paced(sentLine) }),
    )
  } catch (error) {
    if (error instanceof UnreadableFile) throw new Refusal(`${path}: ${error.message}`)
    if (error instanceof NotReceived)
      throw new Refusal(`${error.message} What came before is kept: the same command goes on there.`)
    throw error
  }
}

/** Lists imports, the latest first, a line each. */
export const listImports =
  (site: string | undefined): Work =>
  async (instance) =>
    (await instance.importsOf(site)).items.map(lineOf).join('\n') || 'Nothing was imported yet.'

/** Takes an import back, and waits until all of it is gone. @throws Refusal */
export const undoImport =
  (id: string): Work =>
  async (instance) => {
    const tell = paced(({ removed, added }: ImportView) => `${figure(removed)} of ${figure(added)} removed`)
    for (let view = await instance.takeImportBack(id); ; view = await instance.importOf(id)) {
      if (view.state === 'undone') return `Taken back: ${several(view.removed, 'comment')} of ${view.siteId}.`
      tell(view)
      await delay(500)
    }
  }

async function optionsOf(instance: Operator, path: string, choices: Choices): Promise<PlanOptions> {
  const { items } = await instance.sites()
  const site = items.find(({ id }) => id === choices.site)
  if (!site) {
    const known = items.map(({ id }) => id).join(', ')
    const which = known ? `one of: ${known}` : 'one that site add makes'
    throw new Refusal(
      choices.site
        ? `There is no site "${choices.site}". Say ${which}.`
        : `${path} is no export of Hankyo. To bring the comments of another system, say to which site with --site, ${which}.`,
    )
  }
  return {
    ...usualOptions({ id: site.id, origins: site.origins }, Date.now()),
    ...(choices.zone && { zone: zoneOf(choices.zone) }),
    ...(choices.origin?.[0] && { origin: originOf(choices.origin[0], '--origin') }),
    ...(choices.map && { pages: await rulesOf(choices.map) }),
    ...{ pings: choices.pings ?? false, emails: choices.emails ?? false },
  }
}

/** A time zone that is one. */
function zoneOf(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    throw new Refusal(`--zone takes the name of a time zone, such as Asia/Tokyo, not "${zone}".`)
  }
}

async function rulesOf(path: string): Promise<PageRule[]> {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw new Refusal(`${path} cannot be read: ${sentence(error)}`)
  })
  const { rules, flaws } = readPageRules(text)
  const [flaw] = flaws
  if (flaw) throw new Refusal(`${path}, line ${flaw.line}: ${flaw.message}`)
  return rules
}

/** Goes on where whoever asks agrees. */
async function agree(plan: Plan, { yes, zone }: Choices): Promise<void> {
  if (plan.survey.times.needsZone && !zone)
    throw new Refusal(
      'Nothing was imported: the times of this file name no zone. Say which it is, such as --zone Asia/Tokyo or --zone UTC.',
    )
  if (yes) return
  if (!process.stdin.isTTY)
    throw new Refusal('Nothing was imported. Say --yes to import it, or --dry-run to see only this.')
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await asking.question('Import it? (y/N) ')
  asking.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new Refusal('Nothing was imported.')
}

/** Tells now and then how far something is. */
function paced<Progress>(line: (progress: Progress) => string): (progress: Progress) => void {
  let last = Date.now()
  return (progress) => {
    if (Date.now() - last < pause) return
    last = Date.now()
    note(line(progress))
  }
}

const figure = (count: number) => count.toLocaleString('en')

const readLine = ({ bytes, size, comments }: ReadProgress) =>
  `read ${size === 0 ? 100 : Math.floor((100 * bytes) / size)} %, ${several(comments, 'comment')}`

const sentLine = ({ sent, total, perSecond, waiting }: SendProgress) =>
  waiting
    ? `${waiting.message} It is tried again in ${waiting.seconds} s.`
    : `${figure(sent)} of ${figure(total)} sent, ${figure(Math.round(perSecond * 60))} a minute`

const ended = (known: number, { id, added, lessons, siteId }: ImportView) =>
  [
    `${several(added, 'comment')} imported to ${siteId}; there already: ${figure(known)}.`,
    ...(lessons > 0 ? [`Screening learns from ${several(lessons, 'decision')} of them.`] : []),
    `To take all of it back: npm run --silent admin -- import undo ${id}`,
  ].join('\n')

const lineOf = ({ id, siteId, format, file, at, state, added, removed }: ImportView) =>
  `${id}  ${at.slice(0, 10)}  ${siteId}  ${formatName(format)}  ${state}  ${several(added - removed, 'comment')}  ${file}`
