import type { ImportView, NewImport } from '../contract/imports.ts'
import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
import { importView } from '../queries/importView.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as imports from '../store/imports.ts'
import { requireOpen } from './publishAsStaff.ts'
import type { World } from './world.ts'

/**
 * Begins an import, or goes on with one: the same request again begins nothing new.
 *
 * @throws Refusal `id_taken` where the id is that of another import, `thread_closed` where the site is archived
 */
export async function startImport(
  { db, now }: World,
  { asked, site, actor }: { asked: NewImport; site: Site; actor: Actor },
): Promise<{ view: ImportView; isNew: boolean }> {
  requireOpen(site)
  const { id, format, file, total } = asked
  const before = await imports.find(db, id)
  if (!before) {
    const made = { id, siteId: site.id, format, file, total, beganAt: now, actor }
    const event = { act: 'import.start' as const, at: now, actor, siteId: site.id }
    await imports.begin(db, made, { ...event, importId: id, format, name: file, count: total })
  }
  const found = before ?? (await imports.find(db, id))
  if (found?.siteId !== site.id || found.format !== format) throw new Refusal('id_taken', { field: 'id' })
  return { view: importView(found), isNew: before === null }
}
