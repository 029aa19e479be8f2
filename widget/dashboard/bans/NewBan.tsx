import { useSignal } from '@preact/signals'
import { type BanKind, banKinds } from '../../../worker/contract/bans.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { limits } from '../../../worker/contract/limits.ts'
import { bansOf } from '../core/bans.ts'
import { held } from '../core/held.ts'
import { sitesInMenus } from '../core/sites.ts'
import { errorWords, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { BanLength, untilAfter } from '../ui/BanLength.tsx'
import { BanReachNote } from '../ui/BanReachNote.tsx'

const examples: Record<BanKind, string> = { author: '', address: '203.0.113.0/24', domain: 'spam.example' }

/** What is wrong with who is to be banned. */
const valueWords = (refused: ErrorDetail, kind: BanKind) =>
  refused.code === 'invalid' ? words('bans').flaws[kind] : errorWords(refused)

/** A form that keeps somebody out, and tells whom that would hit. */
export function NewBan() {
  const { session } = useDesk()
  const bans = use(bansOf)
  const sites = sitesInMenus(session.session.value)
  const siteId = useSignal(sites[0]?.id ?? '')
  const kind = useSignal<BanKind>('domain')
  const value = useSignal('')
  const reason = useSignal('')
  const days = useSignal(0)
  const w = words()
  const of = words('bans')
  const refused = bans.refused.value
  const problem = refused?.field === 'value' ? valueWords(refused, kind.value) : ''

  async function submit(event: Event) {
    event.preventDefault()
    const done = await bans.add({
      siteId: siteId.value,
      kind: kind.value,
      value: value.value.trim(),
      ...untilAfter(days.value),
      ...(reason.value.trim() && { reason: reason.value.trim() }),
      ...(bans.reach.value?.doubt && { confirm: true }),
    })
    if (done) {
      value.value = reason.value = ''
      bans.reach.value = null
    } else if (bans.refused.value?.field === 'confirm') await look()
  }

  const look = () => bans.lookAhead({ siteId: siteId.value, kind: kind.value, value: value.value.trim() })

  return (
    <form class="line-form" onSubmit={submit} aria-label={of.heading}>
      {sites.length > 1 && (
        <label>
          <span>{w.site}</span>
          <select
            value={siteId.value}
            onChange={(event) => {
              siteId.value = event.currentTarget.value
            }}
          >
            {sites.map((site) => (
              <option key={site.id} value={site.id}>
                {site.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span>{of.what}</span>
        <select
          value={kind.value}
          onChange={(event) => {
            kind.value = event.currentTarget.value as BanKind
          }}
        >
          {banKinds.map((name) => (
            <option key={name} value={name}>
              {of.kind[name]}
            </option>
          ))}
        </select>
      </label>
      <label class="grow">
        <span>{of.value[kind.value]}</span>
        <input
          type="text"
          required
          dir="ltr"
          placeholder={examples[kind.value]}
          maxLength={limits.url}
          value={value.value}
          aria-invalid={problem !== ''}
          aria-describedby={problem ? 'ban-problem' : undefined}
          onInput={(event) => {
            value.value = event.currentTarget.value
            bans.refused.value = bans.reach.value = null
          }}
          onChange={look}
        />
        <span class="error" id="ban-problem">
          {problem}
        </span>
      </label>
      <BanLength days={days} />
      <label class="grow">
        <span>{of.reason}</span>
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
      <button type="submit" {...held(bans.busy.value)}>
        {bans.reach.value?.doubt ? of.anyway : of.add}
      </button>
      <BanReachNote reach={bans.reach.value} />
    </form>
  )
}
