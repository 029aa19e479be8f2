import type { ExportPart } from '../contract/exports.ts'
import { Refusal } from '../http/refusal.ts'
import * as restores from '../store/restores.ts'
import type { World } from './world.ts'

/** What it means that a part could not be stored: a `Refusal`, or the error itself where it is no fault of the part. */
export async function refusalOf(error: unknown, { db }: World, part: ExportPart): Promise<unknown> {
  const said = String((error as Error).message ?? error)
  const now = await restores.find(db, part.export)
  if (/out of turn/.test(said) || (now && now.part >= part.number))
    return new Refusal('conflict', { message: 'This part came twice at the same time: send it again.' })
  const taken = /UNIQUE constraint failed: ([\w., ]+)/.exec(said)
  if (taken)
    return new Refusal('conflict', { message: `Something with the same ${taken[1]} is here already.` })
  const wrong =
    /(CHECK|NOT NULL|FOREIGN KEY) constraint failed[^\n]*?(?=: SQLITE|$)|cannot store [^\n]*?(?=: SQLITE|$)/.exec(
      said,
    )
  if (wrong) return new Refusal('invalid', { message: `Part ${part.number} cannot be stored: ${wrong[0]}.` })
  return error
}
