import type { Signal } from '@preact/signals'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'

/** For which sites somebody has an account: every one, or some. Who has one site alone is asked nothing. */
export function SitesField({ sites }: { sites: Signal<'*' | string[]> }) {
  const { session } = useDesk()
  const mine = session.session.value
  const w = words('people')
  const theirs = mine?.sites ?? []
  const every = mine?.moderator.everySite === true
  const chosen = sites.value
  if (!every && theirs.length < 2) return null

  const toggle = (id: string, on: boolean) => {
    const before = chosen === '*' ? [] : chosen
    sites.value = on ? [...before, id] : before.filter((one) => one !== id)
  }
  return (
    <fieldset class="whole sites-of">
      <legend>{w.sites}</legend>
      {every && (
        <>
          <label class="switch">
            <input
              type="radio"
              name="sites"
              checked={chosen === '*'}
              onChange={() => {
                sites.value = '*'
              }}
            />
            <span>{w.allSites}</span>
          </label>
          <label class="switch">
            <input
              type="radio"
              name="sites"
              checked={chosen !== '*'}
              onChange={() => {
                sites.value = []
              }}
            />
            <span>{w.someSites}</span>
          </label>
        </>
      )}
      {chosen !== '*' && (
        <ul>
          {theirs.map(({ id, name }) => (
            <li key={id}>
              <label class="switch">
                <input
                  type="checkbox"
                  checked={chosen.includes(id)}
                  onChange={(event) => toggle(id, event.currentTarget.checked)}
                />
                <bdi>{name}</bdi>
              </label>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  )
}
