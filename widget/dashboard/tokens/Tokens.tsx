import type { ApiToken } from '../../../worker/contract/tokens.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { AskedButton } from '../ui/AskedButton.tsx'
import { MadeSecret } from '../ui/MadeSecret.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { Time } from '../ui/Time.tsx'
import { NewToken } from './NewToken.tsx'
import { tokensOf } from './tokens.ts'

/** The owner's API tokens. */
export function Tokens() {
  const tokens = use(tokensOf)
  const w = words()
  const of = words('tokens')
  const error = tokens.list.phase.value === 'ready' ? tokens.list.error.value : null
  const made = tokens.made.value

  return (
    <RecordList
      title={w.places.tokens}
      note={of.note}
      none={of.none}
      list={tokens.list}
      ownersOnly={of.ownersOnly}
      row={(token) => (
        <li key={token.id}>
          <div>
            <p>
              <bdi class="name">{token.name}</bdi>
            </p>
            <p class="quiet">
              <Reach token={token} />
            </p>
            <p class="quiet">
              {of.made} <Time at={token.createdAt} />
              {token.madeBy !== null && (
                <>
                  {' '}
                  {of.madeBy} <bdi>{token.madeBy}</bdi>
                </>
              )}{' '}
              · {of.lastUsed}: {token.lastUsedAt ? <Time at={token.lastUsedAt} /> : of.never}
            </p>
          </div>
          <AskedButton
            label={of.revoke}
            name={formatMessage(of.revokeOf, { name: token.name })}
            question={formatMessage(of.revokeAsk, { name: token.name })}
            cancel={of.keep}
            act={() => tokens.revoke(token.id)}
          />
        </li>
      )}
    >
      <NewToken />
      {error && (
        <p class="error" role="alert">
          {formatMessage(of.failed, { error: errorWords(error) })}
        </p>
      )}
      {made && (
        <MadeSecret key={made.id} kept={tokens.made} secret={made.token} name={made.name} note={of.once} />
      )}
    </RecordList>
  )
}

/** What a token may do, where and until when. */
function Reach({ token: { scope, site, expiresAt } }: { token: ApiToken }) {
  const w = words('tokens')
  const sites = useDesk().session.session.value?.sites
  const name = sites?.find(({ id }) => id === site)?.name ?? site
  const over = expiresAt !== null && Date.parse(expiresAt) <= Date.now()
  return (
    <>
      {w.scope}: {w.scopes[scope]} · {w.site}: {site === null ? w.allSites : <bdi>{name}</bdi>} · {w.end}:{' '}
      {expiresAt === null ? w.noEnd : <Time at={expiresAt} absolute />}
      {over && ` (${w.ended})`}
    </>
  )
}
