import type { ImportView } from '../../contract/imports.ts'
import { checkPlan } from './checkPlan.ts'
import { insideOf } from './filePlan.ts'
import { importId } from './identity.ts'
import { patiently } from './patience.ts'
import type { Plan, SendImport } from './plan.ts'
import type { Receiver } from './receiver.ts'
import { slicesOf } from './slices.ts'

/** Imports of the same comments that are looked for. */
const mostTimes = 1000

/** Milliseconds over which the pace is told. */
const lately = 5_000

/**
 * Sends what a plan brings and is not here yet; one that was stopped or killed goes on. Called off, it stops the import
 * and says so to the site.
 *
 * @throws NotReceived where something is refused for good
 */
export const sendImport: SendImport = async (plan, receiver, clock, { signal, onProgress } = {}) => {
  const { survey } = insideOf(plan)
  const total = survey.comments
  let sent = 0
  const marks: { at: number; sent: number }[] = []
  const tell = (waiting: { message: string; seconds: number } | null) => {
    const now = clock.now()
    while (marks[0] && marks[0].at < now - lately) marks.shift()
    marks.push({ at: now, sent })
    const [first] = marks
    const seconds = first ? (now - first.at) / 1000 : 0
    const perSecond = first && seconds > 0 ? (sent - first.sent) / seconds : 0
    onProgress?.({ sent, total, perSecond, waiting })
  }
  const ask = <Answer>(work: () => Promise<Answer>) => patiently(work, clock, { signal, onWait: tell })

  tell(null)
  await checkPlan(plan, { check: (body) => ask(() => receiver.check(body)) }, signal ? { signal } : {})
  const started = await ask(() => startOf(plan, receiver))
  const { id } = started
  if (started.state === 'stopped') await ask(() => receiver.change(id, { state: 'working' }))
  try {
    for await (const { slice, passed } of slicesOf(plan)) {
      signal?.throwIfAborted()
      if (slice.comments.length > 0) await ask(() => receiver.add(id, slice))
      sent += slice.comments.length + passed
      tell(null)
    }
  } catch (error) {
    // What it stopped at is not lost: the same file goes on with it.
    await receiver.change(id, { state: 'stopped' }).catch(() => {})
    throw error
  }
  const { leftOut, broken } = survey
  return ask(() => receiver.change(id, { state: 'done', leftOut, errors: broken.count }))
}

/** Begins an import of these comments, or goes on with the one that did not come to its end. */
async function startOf(plan: Plan, receiver: Receiver): Promise<ImportView> {
  const { tree, options, source, survey } = insideOf(plan)
  const site = options.site.id
  for (let times = 0; times < mostTimes; times++) {
    const id = importId(site, source.format, tree.sum, times)
    const file = listedName(source.file)
    const view = await receiver.start({ id, site, format: source.format, file, total: survey.comments })
    if (view.state === 'working' || view.state === 'stopped') return view
  }
  throw new Error('These comments were imported a thousand times.')
}

/** A file's name as it may stand in the list. */
export const listedName = (name: string): string =>
  [
    ...name
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .trim(),
  ]
    .slice(0, 200)
    .join('') || '–'
