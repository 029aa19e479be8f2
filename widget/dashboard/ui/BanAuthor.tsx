import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { BanWidth } from '../../../worker/contract/authorNetworks.ts'
import { limits } from '../../../worker/contract/limits.ts'
import { bansOf } from '../core/bans.ts'
import { bulkActsOf } from '../core/bulkActs.ts'
import { held } from '../core/held.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { BanLength, untilAfter } from './BanLength.tsx'
import { BanNetwork } from './BanNetwork.tsx'
import { BanReachNote } from './BanReachNote.tsx'
import { allOf, type OfSite, Sweep, type SweepAction } from './Sweep.tsx'

/** Bans an author from a site, for a time or for good, with their network of today or not. */
export function BanAuthor({ item, done }: { item: OfSite; done: () => void }) {
  const bans = use(bansOf)
  const days = useSignal(7)
  const reason = useSignal('')
  const width = useSignal<BanWidth | ''>('')
  const sweep = useSignal<SweepAction>('')
  const bulk = use(bulkActsOf)
  const { site, author } = item
  useEffect(() => {
    bans.lookAround(site.id, author.id)
    bans.lookAhead({ siteId: site.id, kind: 'author', value: author.id })
  }, [bans, site.id, author.id])
  const w = words('bans')

  async function submit(event: Event) {
    event.preventDefault()
    const ban = {
      siteId: site.id,
      kind: 'author' as const,
      value: author.id,
      ...untilAfter(days.value),
      ...(reason.value.trim() && { reason: reason.value.trim() }),
      ...(width.value && { network: width.value }),
    }
    const action = sweep.value
    const isDone = action
      ? await bulk.start({ filter: allOf(item), action, ban })
      : await bans.add(ban, author.name)
    if (isDone) done()
  }

  return (
    <form class="stack" onSubmit={submit} aria-label={formatMessage(w.title, { name: author.name })}>
      <BanLength days={days} />
      <BanNetwork width={width} networks={bans.networks} />
      <Sweep item={item} action={sweep} />
      <label>
        <span>{w.reason}</span>
        <input
          type="text"
          dir="auto"
          maxLength={limits.reason}
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value
          }}
        />
      </label>
      {bans.reach.value?.replaces && <BanReachNote reach={bans.reach.value} />}
      <button type="submit" {...held(bans.busy.value || bulk.busy.value)}>
        {sweep.value ? words('bulk').sweep.submit : w.add}
      </button>
    </form>
  )
}
