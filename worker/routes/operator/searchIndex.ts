import type { Ctx } from '../../access/identity.ts'
import { emptyIndex, extendIndex } from '../../jobs/rebuildIndex.ts'
import { indexProgress } from '../../queries/indexProgress.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/search-index` */
export const getSearchIndex = async (c: Ctx): Promise<Response> => c.json(await indexProgress(worldOf(c)))

/** `POST /v1/search-index`: a part more of it. */
export const postSearchIndex = async (c: Ctx): Promise<Response> => c.json(await extendIndex(worldOf(c)))

/** `DELETE /v1/search-index`: all of it is made anew. */
export const deleteSearchIndex = async (c: Ctx): Promise<Response> => c.json(await emptyIndex(worldOf(c)))
