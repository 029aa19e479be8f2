import type { ImportedComment, NewSlice, SliceResult } from '../contract/imports.ts'
import type { Site } from '../contract/site.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { mainDatabase } from '../store/database.ts'
import { bring, teaches } from '../store/importedComments.ts'
import { importedKey } from '../store/importedKey.ts'
import type { Brought, BroughtAuthor } from '../store/importedSlice.ts'
import { type Found, type KnownComment, known } from '../store/importedSlices.ts'
import * as imports from '../store/imports.ts'
import * as sites from '../store/sites.ts'
import * as staff from '../store/staff.ts'
import { staffKey } from '../store/staffAuthors.ts'
import { importedText } from './importedText.ts'
import { requireOpen, tries } from './publishAsStaff.ts'
import { full, isFull } from './room.ts'
import { staffBadge } from './staffBadge.ts'
import { withoutErased } from './withoutErased.ts'
import type { World } from './world.ts'

interface Asked {
  found: imports.ImportRow
  site: Site
  slice: NewSlice
}

/**
 * Stores the comments of a slice that are not there yet, in one transaction. They have the status that they had; those
 * that waited wait for a person here.
 *
 * @throws Refusal `conflict` where the import takes no more, `unknown_parent` where a comment answers what did not
 * come before it, `id_taken`, `missing`, `invalid`, or `thread_closed` where the site is archived
 */
export async function addImportSlice(world: World, asked: Asked): Promise<SliceResult> {
  const { db } = world
  const { found, site } = asked
  requireOpen(site)
  requireWorking(found)
  if (await isFull(world, site, true)) throw full(site)
  const slice = { ...asked.slice, comments: await withoutErased(world, site.id, asked.slice.comments) }
  const names = await staffNames(world, site, slice.comments)
  const ids = slice.comments.flatMap(({ id, parentId }) => (parentId === null ? [id] : [id, parentId]))
  const keys = slice.threads.map(({ key }) => key)
  for (let attempt = 1; ; attempt++) {
    const there = await known(db, { siteId: site.id, ids, keys })
    const comments = await broughtOf(world, { ...asked, slice }, { there, names })
    const counts = { added: comments.length, known: slice.comments.length - comments.length }
    try {
      await bring(db, {
        ...{ siteId: site.id, importNumber: found.number, beganAt: found.beganAt, at: world.now },
        ...{ comments, authors: authorsOf(site, comments) },
        threads: slice.threads.map((thread) => ({
          ...thread,
          key: there.moved.get(thread.key) ?? thread.key,
        })),
        ...{ known: counts.known, isSearched: db === mainDatabase(world.env) },
      })
    } catch (error) {
      // Another comment took a number, a page moved, or the import was stopped or its site archived meanwhile: then nothing
      // is stored.
      requireWorking((await imports.find(db, found.id)) ?? found)
      requireOpen((await sites.find(db, site.id)) ?? site)
      if (attempt === tries) throw error
      continue
    }
    if (comments.length > 0 || slice.threads.length > 0)
      publish(world, [
        { act: 'comments.import', at: world.now, siteId: site.id, teaches: comments.some(teaches) },
      ])
    return counts
  }
}

function requireWorking({ state }: imports.ImportRow): void {
  if (state === 'working') return
  throw new Refusal('conflict', { message: `This import is ${state} and takes no comments.` })
}

/** What the staff are called whom comments name. @throws Refusal `invalid` where one is not of the site's staff */
async function staffNames(
  { env }: World,
  site: Site,
  comments: ImportedComment[],
): Promise<Map<string, string>> {
  const ids = [...new Set(comments.flatMap(({ author }) => author.staffId ?? []))]
  const people = await Promise.all(ids.map((value) => staff.find(mainDatabase(env), { column: 'id', value })))
  return new Map(
    ids.map((id, at) => {
      const person = people[at]
      if (person && (person.sites === '*' || person.sites.includes(site.id))) return [id, person.name]
      throw new Refusal('invalid', {
        field: 'comments',
        message: `Nobody of the site’s staff has the id ${id}.`,
      })
    }),
  )
}

interface Surroundings {
  there: Found
  names: Map<string, string>
}

/** Those comments of a slice that are not there yet, each with the number that it takes. */
async function broughtOf(
  world: World,
  { site, slice }: Asked,
  { there, names }: Surroundings,
): Promise<Brought[]> {
  const threads = new Map(slice.threads.map((thread) => [thread.key, thread]))
  const before = new Map(there.known)
  const brought: Brought[] = []
  for (const [at, comment] of slice.comments.entries()) {
    const field = `comments.${at}`
    const same = before.get(comment.id)
    if (same && same.siteId !== site.id) throw new Refusal('id_taken', { field: `${field}.id` })
    if (same) continue
    const parent = parentOf(comment, before, { site, field })
    // Staff may have moved what it answers to another page since.
    const movedTo = parent ? undefined : there.moved.get(comment.key)
    const key = parent?.key ?? movedTo ?? comment.key
    const page = threads.get(comment.key)
    if (!page)
      throw new Refusal('invalid', {
        field: `${field}.key`,
        message: `The slice has no thread ${comment.key}.`,
      })
    const seq = there.nextSeq + brought.length
    const rootSeq = parent?.rootSeq ?? seq
    const root = parent && (before.get(parent.rootId ?? '') ?? parent)
    const hidden = Number(['pending', 'rejected', 'spam'].includes(comment.status))
    const rootId = root?.seq === rootSeq && !root.hidden ? root.id : null
    before.set(comment.id, { ...{ id: comment.id, seq, rootSeq, siteId: site.id, key }, hidden, rootId })
    const text = await importedText(comment, field)
    brought.push({
      ...{ seq, id: comment.id, key, movedFrom: movedTo === undefined ? null : comment.key },
      page: { url: page.url, title: page.title },
      parent: parent && { id: parent.id, seq: parent.seq, rootSeq: parent.rootSeq },
      ...writerOf(comment, names),
      ...text,
      ...{ status: comment.status, likes: comment.likes, pinned: comment.pinned },
      findings: comment.status === 'pending' ? waited : '[]',
      createdAt: Math.min(Date.parse(comment.createdAt), world.now),
      editedAt: comment.editedAt === null ? null : Math.min(Date.parse(comment.editedAt), world.now),
      decided: comment.decided && comment.status !== 'pending',
      ...(text.erased && nameless),
    })
  }
  return brought
}

/** What is left of a comment without words. */
const nameless = { page: { url: '', title: '' }, name: '', email: null, url: null }

const waited = JSON.stringify([{ code: 'imported', weight: 0, params: {} }])

/** What a comment answers: one that readers see goes to the root of its branch, or to the top, where that is hidden. */
function parentOf(
  { parentId, status }: ImportedComment,
  before: Map<string, KnownComment>,
  { site, field }: { site: Site; field: string },
): KnownComment | null {
  if (parentId === null) return null
  const parent = before.get(parentId)
  if (parent?.siteId !== site.id)
    throw new Refusal('unknown_parent', {
      field: `${field}.parentId`,
      message: `No comment ${parentId} came before the one that answers it.`,
    })
  if (status !== 'approved' || !parent.hidden) return parent
  // Where it stands, readers would see that something hidden is there.
  return before.get(parent.rootId ?? '') ?? null
}

/** Who wrote a comment: a member of staff under the name that they have here, or somebody of the old system. */
function writerOf({ author }: ImportedComment, names: Map<string, string>) {
  const { staffId, id, name, email, url } = author
  if (staffId === null) return { authorKey: importedKey(id), name, email, url, staffId }
  return { authorKey: staffKey(staffId), name: names.get(staffId) ?? name, email: null, url: null, staffId }
}

/** The authors of comments, each once. */
function authorsOf(site: Site, comments: Brought[]): BroughtAuthor[] {
  const authors = new Map(
    comments.map(({ authorKey, staffId }) => [
      authorKey,
      {
        key: authorKey,
        publicId: crypto.randomUUID().slice(0, 13).replace('-', ''),
        badge: staffId === null ? null : staffBadge(site),
      },
    ]),
  )
  return [...authors.values()]
}
