import type { Model } from '../../model/model.ts'
import type { OwnComment } from '../../model/ownComment.ts'
import { getItem } from '../../model/storage.ts'
import { announceBeside } from './announceBeside.ts'

/** Copies a link that takes the reader's comments of this thread to another device. */
export async function copyPrivateLink(model: Model, { id, token }: OwnComment): Promise<void> {
  const others = [...model.mine.values()].filter(
    (own) => own.id !== id && own.thread === model.thread?.key && own.token === token && !own.request,
  )
  const address = new URL(location.href)
  // No server is told of a fragment, and no other page.
  address.hash = [`comment-${id}`, token ?? getItem(model, 'token'), ...others.map((own) => own.id)].join('.')
  const copied = await navigator.clipboard.writeText(address.href).then(
    () => model.say('privateCopied'),
    // Where the clipboard is refused, it can be copied by hand.
    () => address.href,
  )
  announceBeside(model, id, copied)
}
