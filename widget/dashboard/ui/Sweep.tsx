import type { Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { bulkActsOf } from '../core/bulkActs.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'

export const sweeps = ['spam', 'reject', 'delete'] as const
export type SweepAction = (typeof sweeps)[number] | ''

/** An author of a site. */
export interface OfSite {
  site: { id: string }
  author: { id: string; name: string }
}

/** All comments of an author on a site, as the queue filters them. */
export const allOf = ({ site, author }: OfSite) => ({ tab: 'all', site: site.id, author: author.id })

/** What becomes of all comments of an author who is banned, with how many these are. */
export function Sweep({ item, action }: { item: OfSite; action: Signal<SweepAction> }) {
  const bulk = use(bulkActsOf)
  const { site, author } = item
  useEffect(() => {
    bulk.look({ tab: 'all', site: site.id, author: author.id })
  }, [bulk, site.id, author.id])
  const w = words('bulk').sweep
  const preview = bulk.preview.value
  const touches = preview && formatMessage(preview.more ? w.more : w.touches, { count: preview.matching })
  return (
    <>
      <label>
        <span>{w.label}</span>
        <select
          value={action.value}
          aria-describedby="sweep-touches"
          onChange={(event) => {
            action.value = event.currentTarget.value as SweepAction
          }}
        >
          <option value="">{w.none}</option>
          {sweeps.map((one) => (
            <option key={one} value={one}>
              {w[one]}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet" id="sweep-touches" role="status">
        {action.value && touches}
      </p>
    </>
  )
}
