import { useEffect, useRef } from 'preact/hooks'
import { screeners as kinds, type ScreenerKind } from '../../../worker/contract/screeners.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { useLostFocus } from '../ui/lostFocus.ts'
import { MadeSecret } from '../ui/MadeSecret.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { ScreenerForm } from './ScreenerForm.tsx'
import { screenersOf } from './screeners.ts'

/** The services outside that are asked about comments, one row each, set up or not. */
export function ScreenerList({ site }: { site: string }) {
  const screeners = use(screenersOf)
  const w = words()
  useEffect(() => {
    screeners.load(site)
  }, [screeners, site])
  const error = screeners.error.value
  return (
    <section>
      <h2>{words('settings').screeners.title}</h2>
      <p class="quiet">{words('settings').screeners.note}</p>
      {error && (
        <div role="alert">
          <p class="error">{formatMessage(w.loadFailed, { error: errorWords(error) })}</p>
          <button type="button" onClick={() => screeners.load(site)}>
            {w.tryAgain}
          </button>
        </div>
      )}
      {!error && !screeners.list.value && (
        <p class="late quiet" role="status">
          {w.loading}
        </p>
      )}
      {screeners.list.value && (
        <ul class="records screeners">
          {kinds.map((kind) => (
            <Row key={kind} kind={kind} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({ kind }: { kind: ScreenerKind }) {
  const screeners = use(screenersOf)
  const w = words('settings').screeners
  const { name, note } = w.kinds[kind]
  const screener = screeners.list.value?.find((one) => one.kind === kind)
  const open = screeners.open.value?.kind === kind ? screeners.open.value : null
  const row = useRef<HTMLLIElement>(null)
  useLostFocus(() => row.current?.querySelector('button'), open)
  return (
    <li ref={row}>
      <div class="what">
        <p class="name">{name}</p>
        <p class="quiet">{screener ? <Visible text={screener.target} /> : note}</p>
        {screener && (
          <p class={screener.last && !screener.last.answered ? 'error' : 'quiet'}>
            {screener.last ? (
              <>
                {screener.last.answered ? w.answered : w.silent} <Time at={screener.last.at} />
                {screener.last.detail && !screener.last.answered && (
                  <>
                    {' – '}
                    <bdi>
                      <Visible text={screener.last.detail} />
                    </bdi>
                  </>
                )}
              </>
            ) : (
              w.notAsked
            )}
          </p>
        )}
      </div>
      {!open && (
        <div class="do">
          <button
            type="button"
            aria-label={`${screener ? w.change : w.setUp} ${name}`}
            onClick={() => screeners.turn(kind)}
          >
            {screener ? w.change : w.setUp}
          </button>
          {screener && (
            <button
              type="button"
              aria-label={`${w.remove} ${name}`}
              onClick={() => screeners.turn(kind, true)}
            >
              {w.remove}
            </button>
          )}
        </div>
      )}
      {open && <ScreenerForm key={String(open.removing)} kind={kind} removing={open.removing} />}
      {kind === 'webhook' && screeners.secret.value && (
        <MadeSecret
          key={screeners.secret.value}
          kept={screeners.secret}
          secret={screeners.secret.value}
          name={w.secret}
          note={w.once}
        />
      )}
    </li>
  )
}
