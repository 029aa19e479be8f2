import { type Powers, sitesOf } from '../access/permissions.ts'
import { countUnseen, see } from '../store/mentions.ts'
import type { World } from './world.ts'

/** Keeps that somebody has seen that notes name them. @returns how many of such notes are left to see */
export async function seeMentions(
  { db, now }: World,
  { notes, by }: { notes: string[]; by: { id: string } & Powers },
): Promise<number> {
  await see(db, { staffId: by.id, notes, at: now })
  return countUnseen(db, { staffId: by.id, siteIds: sitesOf(by) })
}
