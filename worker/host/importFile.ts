import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { formatName } from '../contract/importFormats.ts'
import type { ImportView } from '../contract/imports.ts'
import { openFile } from '../importers/opening/open.ts'
import { UnreadableFile } from '../importers/opening/problems.ts'
import { checkPlan } from '../importers/plan/checkPlan.ts'
import { endKilled, isAllHere } from '../importers/plan/endKilled.ts'
import type { PlanOptions } from '../importers/plan/options.ts'
import type { Clock, Plan, ReadProgress, SendProgress } from '../importers/plan/plan.ts'
import { NotReceived } from '../importers/plan/receiver.ts'
import { sendImport } from '../importers/plan/sendImport.ts'
import { surveyImport } from '../importers/plan/surveyImport.ts'
import { several } from './backup/manifest.ts'
import { type Choices, optionsOf, staffOf } from './importOptions.ts'
import type { Operator } from './operator.ts'
import type { Work } from './siteCommands.ts'
import { surveyText } from './surveyText.ts'
import { note, Refusal, sentence } from './terminal.ts'

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
    const read = (by: PlanOptions) => surveyImport(file, by, { signal, onProgress: paced(readLine) })
    let plan = await read(options)
    const staff = await staffOf(instance, plan, choices)
    if (staff) plan = await read({ ...options, staff })
    await checkPlan(plan, instance.imports, { signal })
    const told = surveyText(plan, { isZoneGiven: choices.zone !== undefined })
    const { known, comments } = plan.survey
    const isToCome = comments > 0 && !isAllHere(plan)
    if (isAllHere(plan) && !choices['dry-run'])
      await endKilled(plan, instance.imports, (await instance.importsOf(options.site.id)).items)
    if (choices.json && (choices['dry-run'] || !isToCome)) return inJson(plan.survey)
    if (choices['dry-run']) return told
    if (comments === 0) return `${told}\nNo comment of this file comes.`
    if (!isToCome) return `${options.site.id} has all of it already: ${several(comments, 'comment')}.`
    note(told)
    await agree(plan, choices)
    const view = await sendImport(plan, instance.imports, clock, { signal, onProgress: paced(sentLine) })
    return choices.json ? inJson(view) : ended(known ?? 0, view)
  } catch (error) {
    if (error instanceof UnreadableFile) throw new Refusal(`${path}: ${error.message}`)
    if (error instanceof NotReceived)
      throw new Refusal(`${error.message} What came before is kept: the same command goes on there.`)
    throw error
  }
}

/** Lists imports, the latest first, a line each. */
export const listImports =
  ({ site, json }: Pick<Choices, 'site' | 'json'>): Work =>
  async (instance) => {
    const { items } = await instance.importsOf(site)
    if (json) return inJson(items)
    return items.map(lineOf).join('\n') || 'Nothing was imported yet.'
  }

/** Takes an import back, and waits until all of it is gone. @throws Refusal */
export const undoImport =
  (id: string, { json }: Pick<Choices, 'json'>): Work =>
  async (instance) => {
    const tell = paced(({ removed, added }: ImportView) => `${figure(removed)} of ${figure(added)} removed`)
    for (let view = await instance.takeImportBack(id); ; view = await instance.importOf(id)) {
      if (view.state === 'undone')
        return json ? inJson(view) : `Taken back: ${several(view.removed, 'comment')} of ${view.siteId}.`
      tell(view)
      await delay(500)
    }
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

const inJson = (told: object) => JSON.stringify(told, null, 2)

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
