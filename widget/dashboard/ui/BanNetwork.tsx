import type { ReadonlySignal, Signal } from '@preact/signals'
import { type AuthorNetworks, type BanWidth, banWidths } from '../../../worker/contract/authorNetworks.ts'
import { absoluteTime } from '../../common/i18n.ts'
import { formatMessage, tag, words } from '../core/words.ts'

/** How much of the author's network of today a ban takes along, whom that hits besides, and until when. */
export function BanNetwork({
  width,
  networks,
}: {
  width: Signal<BanWidth | ''>
  /** Null until it is known. */
  networks: ReadonlySignal<AuthorNetworks | null>
}) {
  const w = words('bans').network
  const known = networks.value
  if (!known) return null
  if (!known.others) return <p class="quiet">{w.unknown}</p>
  const chosen = width.value
  return (
    <>
      <label>
        <span>{w.label}</span>
        <select
          value={chosen}
          aria-describedby="ban-network"
          onChange={(event) => {
            width.value = event.currentTarget.value as BanWidth | ''
          }}
        >
          <option value="">{w.none}</option>
          {banWidths.map((one) => (
            <option key={one} value={one}>
              {w[one]}
            </option>
          ))}
        </select>
      </label>
      <div class="quiet" id="ban-network" role="status">
        {chosen && (
          <p>
            {hits(known.others[chosen])} {formatMessage(w.until, { time: absoluteTime(known.until, tag()) })}
          </p>
        )}
      </div>
    </>
  )
}

/** Whom a ban hits besides its author. */
function hits({ authors, comments }: { authors: number; comments: number }): string {
  const w = words('bans').network
  const number = (count: number) => count.toLocaleString(tag())
  return authors === 0
    ? w.nobody
    : formatMessage(w.others, { authors: number(authors), comments: number(comments) })
}
