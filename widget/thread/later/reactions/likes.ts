import type { Comment } from '../../../../worker/contract/comment.ts'
import type { Liked } from '../../../../worker/contract/reactions.ts'
import type { ApiError } from '../../../common/api.ts'
import { loadAsked, loadWriting } from '../../model/loading.ts'
import type { Model } from '../../model/model.ts'
import { setItem } from '../../model/storage.ts'

/** The latest of the likes on their way: they are sent one after another, as they were meant. */
let sending: Promise<unknown> = Promise.resolve()

/** Likes a comment, or no longer; the count is the worker's once it has answered. */
export async function toggleLike(model: Model, comment: Comment): Promise<void> {
  const { likes } = model
  const { id } = comment
  const now = !likes.has(id)
  const show = (liked: boolean, count: number) => {
    likes[liked ? 'add' : 'delete'](id)
    comment.likes = count
    setItem(model, 'likes', [...likes])
    model.changed()
  }
  const before = comment.likes
  show(now, before + (now ? 1 : -1))
  // Meanwhile the reader may have thought better of it.
  const meant = () => likes.has(id) === now
  const earlier = sending
  const answer = earlier
    .then(() => loadWriting(model))
    .then(({ callSite }) => callSite<Liked>(model, now ? 'PUT' : 'DELETE', `comments/${id}/like`))
  sending = answer.catch(() => {})
  try {
    const { likes: count } = await answer
    if (meant()) show(now, count)
  } catch (error) {
    if (meant()) show(!now, before)
    const { announceBeside } = await loadAsked(model, 'acts')
    const { detail } = error as ApiError
    announceBeside(model, id, model.loaded.writing?.sayError(model, detail) ?? '')
    model.emit('error', detail)
  }
}
