import { requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { moveThread } from '../../commands/moveThread.ts'
import { undoThreadMove } from '../../commands/undoThreadMove.ts'
import { movesAsked, newThreadMove, type ThreadMove, threadMovesQuery } from '../../contract/threadMoves.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { enqueueMove } from '../../jobs/enqueue.ts'
import { checkMoves } from '../../queries/checkMoves.ts'
import { threadMoveView } from '../../queries/threadMoveView.ts'
import { everyDatabase } from '../../store/database.ts'
import { find, latest } from '../../store/threadMoves.ts'
import { worldOf } from '../world.ts'

/** Moves that a list has. */
const listed = 50

/** `POST /v1/thread-moves` */
export async function postThreadMove(c: Ctx): Promise<Response> {
  const { site, ...asked } = parse(newThreadMove, await readJson(c.req.raw))
  await requireKnownSite(c, 'threads.change', site)
  const actor = c.get('moderator')
  return goOn(c, await moveThread(worldOf(c, site), { ...asked, siteId: site, actor }))
}

/** Answers with a move, and has its work go on. */
async function goOn(c: Ctx, move: ThreadMove): Promise<Response> {
  if (move.state === 'working' || move.state === 'undoing')
    await enqueueMove(c.env, { move: move.id, site: move.site })
  return c.json(move, 202)
}

/** `GET /v1/thread-moves` */
export async function getThreadMoves(c: Ctx): Promise<Response> {
  const { site } = parse(threadMovesQuery, single(c.req.queries()))
  await requireKnownSite(c, 'threads.change', site)
  const rows = await latest(worldOf(c, site).db, site, listed)
  return c.json({ items: rows.map(threadMoveView), next: null })
}

/** A move, in the database that has it. @throws Refusal `not_found` */
async function known(c: Ctx) {
  const id = (c.req.param('id') ?? '').toLowerCase()
  const found = await Promise.all(everyDatabase(c.env).map((db) => find(db, id)))
  const move = found.find((one) => one !== null)
  if (!move) throw new Refusal('not_found')
  return move
}

/** `GET /v1/thread-moves/:id` */
export const getThreadMove = async (c: Ctx): Promise<Response> => c.json(threadMoveView(await known(c)))

/** `DELETE /v1/thread-moves/:id` */
export async function deleteThreadMove(c: Ctx): Promise<Response> {
  const move = await known(c)
  return goOn(c, await undoThreadMove(worldOf(c, move.siteId), { move, actor: c.get('moderator') }))
}

/** `POST /v1/thread-move-checks` */
export async function postThreadMoveChecks(c: Ctx): Promise<Response> {
  const { site, moves } = parse(movesAsked, await readJson(c.req.raw))
  await requireKnownSite(c, 'threads.change', site)
  return c.json({ items: await checkMoves(worldOf(c, site), { siteId: site, moves }) })
}
