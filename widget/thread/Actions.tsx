import type { Comment } from '../../worker/contract.ts'
import { open } from './drafts.ts'
import type { Model } from './model.ts'
import { ask, edit, forget, send, takeBack, withdraw } from './own.ts'
import type { Word } from './words.ts'

/** What one can do about a comment: answer it, or see to one's own. */
export function Actions({ model, comment, waits }: { model: Model; comment: Comment; waits: boolean }) {
  const { mine, say, thread } = model
  const { id, author, own } = comment
  const my = mine.get(id)
  const button = (word: Word, act: () => void, name?: string, label?: string) => (
    <button type="button" id={name && `${name}-${id}`} aria-label={label} onClick={act}>
      {say(word)}
    </button>
  )
  const { request, asking, until } = my ?? {}
  const refused = /rejected|spam/.test(own?.status ?? '')
  return (
    <p class="actions">
      {waits || thread?.closed
        ? null
        : button('reply', () => open(model, id), 'reply', say('replyTo', { name: author.name }))}
      {my &&
        (request
          ? my.tries && [
              button('now', () => send(model, my, true)),
              button('back', () => takeBack(model, my)),
            ]
          : asking
            ? [
                <span class="quiet" key="">
                  {say('confirm')}
                </span>,
                button('keep', () => ask(model, my, false), 'withdraw'),
                button('withdraw', () => withdraw(model, my)),
              ]
            : [
                until && Date.parse(until) > Date.now() && button('edit', () => edit(model, my), 'edit'),
                refused
                  ? button('hide', () => forget(model, my))
                  : button('withdraw', () => ask(model, my, true), 'withdraw'),
              ])}
    </p>
  )
}
