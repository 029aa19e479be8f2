import type { Comment } from '../../worker/contract.ts'
import { open } from './drafts.ts'
import type { Model } from './model.ts'
import { change, forget, send } from './own.ts'
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
  const { request, question: Question, until } = my ?? {}
  const refused = /rejected|spam/.test(own?.status ?? '')
  return (
    <p class="actions">
      {waits || thread?.closed
        ? null
        : button('reply', () => open(model, id), 'reply', say('replyTo', { name: author.name }))}
      {my &&
        (request ? (
          my.tries && [
            button('now', () => send(model, my, true)),
            button('back', () => change(model, my, 'takeBack')),
          ]
        ) : Question ? (
          <Question model={model} own={my} />
        ) : (
          [
            until &&
              Date.parse(until) > Date.now() &&
              button('edit', () => change(model, my, 'edit'), 'edit'),
            refused
              ? button('hide', () => forget(model, my))
              : button('withdraw', () => change(model, my, 'withdraw'), 'withdraw'),
          ]
        ))}
    </p>
  )
}
