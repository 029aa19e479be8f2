import { held } from '../core/held.ts'
import { isFiltered, unfiltered } from '../core/location.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { EverySite } from '../ui/EverySite.tsx'
import { Late, part } from '../ui/Late.tsx'
import { useLostFocus } from '../ui/lostFocus.ts'
import { AllMatchingButton, AllMatchingSheet } from './AllMatchingButton.tsx'
import { QueueBar } from './QueueBar.tsx'
import { QueueComment } from './QueueComment.tsx'
import { useRowInSight } from './rowInHand.ts'
import { Selection } from './Selection.tsx'
import { ThumbBar } from './ThumbBar.tsx'

const lastHour = part(['pace'], async () => (await import('./LastHour.tsx')).LastHour)

/** The list of comments with its bar, and what there is to say when there is none. */
export function Queue() {
  const { queue, place } = useDesk()
  const { list } = queue
  const w = words()
  const phase = queue.phase.value
  const fresh = list.fresh.value.length
  const usual = list.usual.value
  const why = [
    ...(usual && list.items.value.length > 0 ? [formatMessage(w.usual, { reason: usual })] : []),
    ...(list.items.value.some(({ band }) => band === 'unlearnt') ? [w.unlearnt] : []),
  ]
  /** The search says itself what it does not understand, and what to do. */
  const isNotUnderstood = queue.error.value?.field === 'q'
  useRowInSight(list.notes.all.value)
  useLostFocus(() => document.getElementById('main'), list.empty.value)
  const hover = (on: boolean) => (event: PointerEvent) => {
    if (event.pointerType === 'mouse') list.cursor.hovering.value = on
  }
  return (
    <section class="queue">
      <h1 class="unseen">{formatMessage(w.queueOf, { tab: w.places[place.here.value.tab] })}</h1>
      <QueueBar />
      <Selection />
      {fresh > 0 && (
        <button type="button" class="fresh" onClick={() => list.showFresh()}>
          ↑ {formatMessage(w.fresh, { count: fresh })}
        </button>
      )}
      {why.length > 0 && <p class="quiet unlearnt">{why.join(w.space)}</p>}
      {phase === 'loading' && (
        <p class="late quiet state" role="status">
          {w.loading}
        </p>
      )}
      {phase === 'failed' && isNotUnderstood && (
        <div class="state">
          <button type="button" onClick={() => place.go(unfiltered)}>
            {w.empty.clear}
          </button>
        </div>
      )}
      {phase === 'failed' && !isNotUnderstood && (
        <div class="state" role="alert">
          <p>{w.failed}</p>
          {queue.error.value && <p class="quiet">{errorWords(queue.error.value)}</p>}
          <button type="button" onClick={() => queue.load()}>
            {w.tryAgain}
          </button>
          <EverySite />
        </div>
      )}
      {phase === 'ready' && list.empty.value && !queue.loadingMore.value && <Empty />}
      {list.items.value.length > 0 && (
        <ol class="comments" onPointerEnter={hover(true)} onPointerLeave={hover(false)}>
          {list.items.value.map((item) => (
            <QueueComment key={item.id} item={item} />
          ))}
        </ol>
      )}
      {list.next.value && phase === 'ready' && (
        <button type="button" class="more" onClick={() => queue.more()} {...held(queue.loadingMore.value)}>
          {queue.loadingMore.value ? w.loading : w.more}
        </button>
      )}
      {list.next.value && phase === 'ready' && <AllMatchingButton />}
      <ThumbBar />
      <AllMatchingSheet />
    </section>
  )
}

function Empty() {
  const { place, decisions } = useDesk()
  const w = words()
  const { tab } = place.here.value
  const filtered = isFiltered(place.here.value)
  const tally = decisions.tally.value
  return (
    <div class="state empty">
      <p class="calm">{filtered ? w.empty.filtered : w.empty[tab]}</p>
      {tally > 0 && !filtered && <p class="quiet">{formatMessage(w.done, { count: tally })}</p>}
      {tab === 'held' && !filtered && <Late part={lastHour} given={{}} />}
      {filtered ? (
        <button type="button" onClick={() => place.go(unfiltered)}>
          {w.empty.clear}
        </button>
      ) : (
        <p class="quiet">{w.empty.note}</p>
      )}
    </div>
  )
}
