import { useRef } from 'preact/hooks'
import { held } from '../core/held.ts'
import { sitesInMenus } from '../core/sites.ts'
import { formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { useLostFocus } from '../ui/lostFocus.ts'
import { settingsOf } from './settings.ts'

/** Whose settings these are, and what is changed and not saved. */
export function SaveBar() {
  const { session, place } = useDesk()
  const settings = use(settingsOf)
  const w = words()
  const sites = sitesInMenus(session.session.value, settings.siteId.value)
  const id = settings.siteId.value
  const name = sites.find((site) => site.id === id)?.name ?? id
  const unsaved = settings.unsaved.value.length
  const title = useRef<HTMLHeadingElement>(null)
  useLostFocus(() => title.current, unsaved > 0)
  return (
    <header class="save-bar">
      <h1 ref={title} tabIndex={-1}>
        {sites.length > 1 ? w.settings : <bdi>{formatMessage(w.settingsOf, { name })}</bdi>}
      </h1>
      {sites.length > 1 && (
        <select
          aria-label={w.site}
          value={id}
          onChange={(event) => place.go({ site: event.currentTarget.value })}
        >
          {sites.map((site) => (
            <option key={site.id} value={site.id}>
              {site.name}
            </option>
          ))}
        </select>
      )}
      {settings.form.value && !settings.mine.value && <p class="quiet">{words('settings').readOnly}</p>}
      {settings.mine.value && (
        <div class="unsaved">
          <p role="status">{unsaved > 0 && formatMessage(words('settings').unsaved, { count: unsaved })}</p>
          {unsaved > 0 && (
            <>
              <button type="button" onClick={settings.discard} {...held(settings.busy.value)}>
                {words('settings').discard}
              </button>
              <button
                type="button"
                class="primary"
                onClick={() => settings.save()}
                {...held(settings.busy.value)}
              >
                {words('settings').save}
              </button>
            </>
          )}
        </div>
      )}
    </header>
  )
}
