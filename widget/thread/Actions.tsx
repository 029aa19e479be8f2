import type { Comment } from '../../worker/contract.ts'
import type { Model } from './model.ts'
import type { Mine } from './own.ts'

/** What one can do about a comment: answer it, or see to one's own. */
export function Actions({ model, comment }: { model: Model; comment: Comment }) {
  const { own, thread, words, drafts } = model
  const { id, author } = comment
  const mine = own.get(id)
  const waits = own.waits(comment)
  return (
    <p class="actions">
      {!waits && !thread?.closed && (
        <button
          type="button"
          id={`reply-${id}`}
          aria-label={words.say('replyTo', { name: author.name })}
          onClick={() => drafts.open(id)}
        >
          {words.say('reply')}
        </button>
      )}
      {mine && <OwnActions model={model} mine={mine} status={waits ? comment.own?.status : 'approved'} />}
    </p>
  )
}

function OwnActions({ model, mine, status }: { model: Model; mine: Mine; status: string | undefined }) {
  const { own, outbox, words } = model
  const { id, until } = mine
  const button = (name: Parameters<typeof words.say>[0], act: () => void, key = '') => (
    <button type="button" id={key && `${key}-${id}`} onClick={act}>
      {words.say(name)}
    </button>
  )
  if (mine.request)
    return mine.tries ? (
      <>
        {button('now', () => outbox.send(mine))}
        {button('back', () => outbox.takeBack(mine))}
      </>
    ) : null
  if (mine.asking)
    return (
      <>
        <span>{words.say('confirm')}</span>
        {button('keep', () => own.ask(mine, false), 'withdraw')}
        {button('withdraw', () => own.withdraw(mine))}
      </>
    )
  return (
    <>
      {until && Date.parse(until) > Date.now() && button('edit', () => own.edit(id), 'edit')}
      {status === 'rejected' || status === 'spam'
        ? button('hide', () => own.forget(id))
        : button('withdraw', () => own.ask(mine, true), 'withdraw')}
    </>
  )
}
