import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { held } from '../core/held.ts'
import { codeOf, pastWords } from '../core/reporterWords.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { useLostFocus } from '../ui/lostFocus.ts'
import { Time } from '../ui/Time.tsx'
import { mutedOf, reportsOf } from './reports.ts'

/** Whose reports count nowhere: read once they are asked for. */
export function MutedReaders() {
  const { items, next, phase, error, load, more } = use(mutedOf)
  const reports = use(reportsOf)
  const open = useSignal(false)
  const w = words('reports')

  const mutings = reports.mutings.value
  useEffect(() => {
    if (open.value) load()
  }, [open.value, mutings])
  const opener = useRef<HTMLButtonElement>(null)
  useLostFocus(() => opener.current, `${items.value.length} ${phase.value}`)

  return (
    <section class="muted-readers">
      <button
        ref={opener}
        type="button"
        class="plain"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value
        }}
      >
        {w.muted}
      </button>
      {open.value && phase.value === 'loading' && items.value.length === 0 && (
        <p class="late quiet" role="status">
          {words().loading}
        </p>
      )}
      {open.value && phase.value === 'failed' && (
        <div class="state" role="alert">
          <p>{error.value && formatMessage(words().loadFailed, { error: errorWords(error.value) })}</p>
          <button type="button" onClick={() => load()}>
            {words().tryAgain}
          </button>
        </div>
      )}
      {open.value && phase.value === 'ready' && items.value.length === 0 && (
        <p class="quiet">{w.noneMuted}</p>
      )}
      {open.value && (
        <ul class="records">
          {items.value.map((one) => (
            <li key={`${one.site.id} ${one.id}`}>
              <div>
                <p>{formatMessage(w.reporter, { code: codeOf(one.id) })}</p>
                <p class="quiet">
                  <bdi>{one.site.name}</bdi> · {pastWords(one)} ·{' '}
                  <bdi>{formatMessage(w.mutedBy, { name: one.mutedBy })}</bdi> · <Time at={one.mutedAt} />
                </p>
              </div>
              <button
                type="button"
                aria-label={formatMessage(w.unmuteOf, { code: codeOf(one.id) })}
                onClick={() => reports.mute(one.site.id, one.id, false)}
              >
                {w.unmute}
              </button>
            </li>
          ))}
        </ul>
      )}
      {open.value && next.value && (
        <button type="button" class="more" onClick={() => more()} {...held(phase.value === 'loading')}>
          {words().more}
        </button>
      )}
    </section>
  )
}
