import { useRef } from 'preact/hooks'
import type { Author } from '../../../worker/contract/authors.ts'
import { type TrustPin, trustPins } from '../../../worker/contract/findings.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { trustPinsOf } from './trustPins.ts'

/** How far an author is trusted and why, and what staff settles of it. */
export function TrustField({ author, reload }: { author: Author; reload: () => void }) {
  const pins = use(trustPinsOf)
  const { trustPin: w, trust: label } = words('author')
  const { automatic, pinned } = author.trust
  const settled = useRef(pinned)
  settled.current = pinned
  return (
    <>
      <select
        aria-label={label}
        aria-describedby="trust-why"
        value={pinned ?? ''}
        onChange={async ({ currentTarget: select }) => {
          const chosen = trustPins.find((pin) => pin === select.value) ?? null
          if (!(await pins.settle(author, chosen, reload))) select.value = settled.current ?? ''
        }}
      >
        <option value="">{formatMessage(w.automatic, { trust: words().trust[automatic] })}</option>
        {trustPins.map((pin: TrustPin) => (
          <option key={pin} value={pin}>
            {w.pins[pin]}
          </option>
        ))}
      </select>
      <p class="quiet" id="trust-why">
        {pinned ? `${w.means[pinned]} ` : ''}
        {formatMessage(w.facts, { trust: words().trust[automatic], why: reasonFor(author) })}
      </p>
    </>
  )
}

/** The facts that trust follows from, in a sentence. */
function reasonFor({ trust: { automatic, approvedByPeople, refused, trustedAfter } }: Author): string {
  const { newcomer, known } = words('author').why
  const facts = { approved: approvedByPeople, refused, after: trustedAfter }
  return automatic === 'newcomer' ? newcomer : formatMessage(known, facts)
}
