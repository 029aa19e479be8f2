import type { ImportView } from '../../contract/imports.ts'
import { insideOf } from './filePlan.ts'
import type { Plan } from './plan.ts'
import type { Receiver } from './receiver.ts'
import { listedName } from './sendImport.ts'

/** Whether all that a plan brings is here already. */
export const isAllHere = ({ survey: { comments, known } }: Plan): boolean =>
  comments > 0 && comments === known

/**
 * Ends imports of a file, all of whose comments are here, that were killed after their last slice.
 *
 * @param there the imports of the site
 * @throws NotReceived
 */
export async function endKilled(
  plan: Plan,
  receiver: Pick<Receiver, 'change'>,
  there: ImportView[],
): Promise<void> {
  const { source, survey } = insideOf(plan)
  const file = listedName(source.file)
  const open = there.filter(
    (one) => ['working', 'stopped'].includes(one.state) && one.format === source.format && one.file === file,
  )
  for (const { id, state } of open) {
    if (state === 'stopped') await receiver.change(id, { state: 'working' })
    await receiver.change(id, { state: 'done', leftOut: survey.leftOut, errors: survey.broken.count })
  }
}
