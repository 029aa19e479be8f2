import type { VNode } from 'preact'
import type { Model } from '../model/model.ts'
import { type Branch, nest } from '../model/tree.ts'
import { Comment } from './Comment.tsx'
import { More } from './More.tsx'

/** An item of a list of comments. It is drawn by itself, apart from the list below it. */
export interface Place {
  key: string
  content: VNode
  /** The list of replies; left out where there is none to be seen. */
  replies?: Place[]
}

/** An item of a list on the page. */
export interface Item {
  element: Element
  /** Where the comment is drawn; the list of replies stands beside it. */
  place: Element
  replies?: Element | null
  drawn?: boolean
}

/** What stands on the page, by the key of its place. */
export type Items = Map<string, Item>

/** The items of the thread's list. Server and browser make the same of them. */
export const placesOf = (model: Model): Place[] =>
  nest(model.loaded.writing?.withOwn(model) ?? model.items).map((branch) => placeOf(model, branch))

function placeOf(model: Model, branch: Branch): Place {
  const { comment, replies, rest } = branch
  const place: Place = { key: comment.id, content: <Comment model={model} branch={branch} /> }
  if ((!replies[0] && rest <= 0) || model.folded?.has(comment.id)) return place
  place.replies = replies.map((reply) => placeOf(model, reply))
  const { next } = comment.replies
  if (next && rest > 0)
    place.replies.push({
      key: `more-${comment.id}`,
      content: (
        <More
          model={model}
          cursor={next}
          words={model.say('replies', { count: rest })}
          load={(reactions) => reactions.loadMore(model, comment.replies)}
        />
      ),
    })
  return place
}
