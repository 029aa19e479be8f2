import { loadWriting } from '../../model/loading.ts'
import type { Model } from '../../model/model.ts'
import type { OwnComment } from '../../model/ownComment.ts'

/** Sends a request about one of the reader's own comments, with the token it was written with. */
export const callOwn = <Data>(
  model: Model,
  { id, token }: OwnComment,
  method: string,
  act: string,
  body?: unknown,
): Promise<Data> =>
  loadWriting(model).then((writing) =>
    writing.callSite<Data>(model, method, `comments/${id}${act}`, body, token),
  )
