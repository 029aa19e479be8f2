import { useSignal } from '@preact/signals'
import { limits } from '../../../worker/contract/limits.ts'
import { errorWords, tell, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { RecordList } from '../ui/RecordList.tsx'
import { Time } from '../ui/Time.tsx'
import { tokensOf } from './tokens.ts'

/** The owner's API tokens. */
export function Tokens() {
  const tokens = use(tokensOf)
  const name = useSignal('')
  const w = words()
  const error = tokens.list.phase.value === 'ready' ? tokens.list.error.value : null
  const made = tokens.made.value

  async function submit(event: Event) {
    event.preventDefault()
    await tokens.add(name.value.trim())
    if (!tokens.list.error.peek()) name.value = ''
  }

  return (
    <RecordList
      title={w.places.tokens}
      note={w.tokens.note}
      none={w.tokens.none}
      list={tokens.list}
      row={(token) => (
        <li key={token.id}>
          <p>
            <bdi class="name">{token.name}</bdi>
          </p>
          <p class="quiet">
            {w.tokens.made} <Time at={token.createdAt} /> · {w.tokens.lastUsed}:{' '}
            {token.lastUsedAt ? <Time at={token.lastUsedAt} /> : w.tokens.never}
          </p>
          <button
            type="button"
            aria-label={tell(w.tokens.revokeOf, { name: token.name })}
            onClick={() => tokens.revoke(token.id)}
          >
            {w.tokens.revoke}
          </button>
        </li>
      )}
    >
      <form class="line-form" onSubmit={submit}>
        <label class="grow">
          <span>{w.tokens.label}</span>
          <input
            type="text"
            required
            maxLength={limits.name}
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value
            }}
          />
        </label>
        <button type="submit" disabled={tokens.busy.value}>
          {w.tokens.add}
        </button>
      </form>
      {error && (
        <p class="error" role="alert">
          {tell(w.tokens.failed, { error: errorWords(error) })}
        </p>
      )}
      {made && (
        <div class="made" role="status">
          <p>{w.tokens.once}</p>
          <input
            type="text"
            readOnly
            value={made.token}
            aria-label={made.name}
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
      )}
    </RecordList>
  )
}
