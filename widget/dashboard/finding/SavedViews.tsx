import { useEffect, useRef } from 'preact/hooks'
import type { SavedView } from '../../../worker/contract/savedViews.ts'
import { unfiltered, whereaboutsOf } from '../core/location.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { AskedButton } from '../ui/AskedButton.tsx'
import { useLostFocus } from '../ui/lostFocus.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { RenameView } from './RenameView.tsx'
import { SaveView } from './SaveView.tsx'
import { savedViewsOf } from './savedViews.ts'

/** The lists that are saved, each a link; and what saves the present one. */
export function SavedViews({ query, done }: { query: string; done: () => void }) {
  const { list, busy, save, rename, remove } = use(savedViewsOf)
  const w = words('views')
  useEffect(() => {
    list.load()
  }, [list])
  const heading = useRef<HTMLHeadingElement>(null)
  const views = list.items.value
  useLostFocus(() => heading.current, views.length)
  const error = list.error.value
  const phase = list.phase.value
  return (
    <div class="stack">
      <h2 ref={heading} tabIndex={-1}>
        {w.title}
      </h2>
      {phase === 'loading' && views.length === 0 && (
        <p class="late quiet state" role="status">
          {words().loading}
        </p>
      )}
      {error && <p role="alert">{errorWords(error)}</p>}
      {phase === 'failed' && (
        <button type="button" onClick={() => list.load()}>
          {words().tryAgain}
        </button>
      )}
      {phase === 'ready' && views.length === 0 && <p class="calm">{w.none}</p>}
      <ul class="records">
        {views.map((view) => (
          <Row
            key={view.id}
            view={view}
            done={done}
            rename={(name) => rename(view.id, name)}
            remove={() => remove(view.id)}
          />
        ))}
      </ul>
      {phase === 'ready' && <SaveView query={query} busy={busy.value} save={save} />}
    </div>
  )
}

interface RowProps {
  view: SavedView
  done: () => void
  rename: (name: string) => Promise<boolean>
  remove: () => void
}

function Row({ view, done, rename, remove }: RowProps) {
  const session = useDesk().session.session.value
  const w = words('views')
  const site = session?.sites.find(({ id }) => id === view.shared?.site)?.name ?? view.shared?.site ?? null
  const isRemovable = view.mine || session?.moderator.role === 'owner'
  const audience = view.shared && (site === null ? w.shared.all : formatMessage(w.shared.site, { site }))
  return (
    <li>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the link in it takes the keys */}
      <div onClick={(event) => (event.target as Element).closest('a') && done()}>
        <PlaceLink to={{ ...unfiltered, ...whereaboutsOf(view.query, []) }}>
          <bdi>{view.name}</bdi>
        </PlaceLink>
        {audience && (
          <p class="quiet">{view.mine ? audience : formatMessage(w.by, { audience, name: view.by })}</p>
        )}
      </div>
      {view.mine && <RenameView view={view} rename={rename} />}
      {isRemovable && (
        <AskedButton
          label={w.remove}
          name={formatMessage(w.removeOne, { name: view.name })}
          question={formatMessage(view.shared ? w.askShared : w.ask, { name: view.name })}
          cancel={w.keep}
          act={remove}
        />
      )}
    </li>
  )
}
