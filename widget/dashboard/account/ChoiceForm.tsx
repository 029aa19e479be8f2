import { type Signal, signal, useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Choice, Notifications, NotificationsChange } from '../../../worker/contract/notifications.ts'
import { held } from '../core/held.ts'
import { sitesInMenus } from '../core/sites.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { ChoiceFields, hours, hourWords } from './ChoiceFields.tsx'

interface Props {
  now: Notifications
  busy: boolean
  /** @returns whether it was done */
  save: (change: NotificationsChange) => Promise<boolean>
}

/** How often and of what somebody is told: on all of their sites, on some otherwise, and at which hours not. */
export function ChoiceForm({ now, busy, save }: Props) {
  const session = useDesk().session.session.value
  const all = useSignal(now.choice)
  const sites = useSignal<{ site: string; choice: Signal<Choice> }[]>(
    now.sites.map(({ site, choice }) => ({ site, choice: signal(choice) })),
  )
  const from = useSignal(now.quiet?.from ?? null)
  const until = useSignal(now.quiet?.until ?? 7)
  const saved = useSignal(false)
  /** Whether something was changed after what was sent. */
  const changed = useRef(false)
  const w = words('notifications')
  const chosen = new Set(sites.value.map(({ site }) => site))
  const others = sitesInMenus(session).filter(({ id }) => !chosen.has(id))
  const nameOf = (id: string) => session?.sites.find((site) => site.id === id)?.name ?? id
  const start = from.value

  async function send(event: Event) {
    event.preventDefault()
    changed.current = false
    saved.value = false
    const theirs = sites.peek().map(({ site, choice }) => ({ site, choice: choice.peek() }))
    const gone = now.sites.filter(({ site }) => !theirs.some((one) => one.site === site))
    const begin = from.peek()
    const isDone = await save({
      choice: all.peek(),
      sites: [...theirs, ...gone.map(({ site }) => ({ site, choice: null }))],
      quiet: begin === null ? null : { from: begin, until: until.peek() },
    })
    saved.value = isDone && !changed.current
  }

  function touch() {
    changed.current = true
    saved.value = false
  }

  return (
    <form class="line-form choices" aria-label={w.title} onSubmit={send} onInput={touch}>
      <ChoiceFields {...((session?.sites.length ?? 0) > 1 && { label: w.allSites })} choice={all} />
      {sites.value.map(({ site, choice }) => (
        <div key={site} class="choice">
          <ChoiceFields label={formatMessage(w.oneSite, { site: nameOf(site) })} choice={choice} />
          <button
            type="button"
            onClick={() => {
              touch()
              sites.value = sites.peek().filter((one) => one.site !== site)
            }}
          >
            {w.asAll}
          </button>
        </div>
      ))}
      {chosen.size + others.length > 1 && others.length > 0 && (
        <label>
          <span>{w.another}</span>
          <select
            value=""
            onChange={({ currentTarget }) => {
              const site = currentTarget.value
              if (site) sites.value = [...sites.peek(), { site, choice: signal(all.peek()) }]
              currentTarget.value = ''
            }}
          >
            <option value="">–</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="fields whole">
        <Hour label={w.quiet} hour={from} none={w.noQuiet} />
        {start !== null && <Hour label={w.until} hour={until} />}
      </div>
      <p class="quiet whole">{formatMessage(w.hours, { zone: now.timeZone.replaceAll('_', ' ') })}</p>
      <p class="whole acts">
        <button type="submit" class="primary" {...held(busy)}>
          {w.save}
        </button>
        <span role="status" class="quiet">
          {saved.value && w.saved}
        </span>
      </p>
    </form>
  )
}

/** A field for an hour of the day, or for none where that has words. */
function Hour({
  label,
  hour,
  none,
}: {
  label: string
  hour: Signal<number | null> | Signal<number>
  none?: string
}) {
  return (
    <label>
      <span>{label}</span>
      <select
        value={hour.value ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget
          ;(hour as Signal<number | null>).value = value === '' ? null : Number(value)
        }}
      >
        {none !== undefined && <option value="">{none}</option>}
        {hours.map((one) => (
          <option key={one} value={one}>
            {hourWords(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
