import { useSignal } from '@preact/signals'
import { type BanKind, banKinds } from '../../../worker/contract/bans.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { limits } from '../../../worker/contract/limits.ts'
import { bansOf } from '../core/bans.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { BanLength, untilAfter } from '../ui/BanLength.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'

const examples: Record<BanKind, string> = { author: '', address: '203.0.113.0/24', domain: 'spam.example' }

/** Who is kept out of which site, and a form to keep somebody out. */
export function Bans() {
  const bans = use(bansOf)
  const w = words()
  const of = words('bans')
  return (
    <RecordList
      title={w.places.bans}
      note={of.note}
      none={of.none}
      list={bans.list}
      row={(ban) => (
        <li key={ban.id}>
          <p>
            {of.kind[ban.kind]}{' '}
            <bdi class="name">
              <Visible text={ban.value} />
            </bdi>
            {ban.reason && (
              <span class="quiet">
                {' – '}
                <bdi>
                  <Visible text={ban.reason} />
                </bdi>
              </span>
            )}
          </p>
          <p class="quiet">
            <bdi>{ban.siteId}</bdi> · {of.until}: {ban.until ? <Time at={ban.until} absolute /> : of.good}
            {ban.network && (
              <>
                {' · '}
                {of.network.along[ban.network.width]}: <Time at={ban.network.until} absolute />
              </>
            )}
          </p>
          <button
            type="button"
            aria-label={formatMessage(of.liftOf, { value: ban.value })}
            onClick={() => bans.lift(ban)}
          >
            {of.lift}
          </button>
        </li>
      )}
    >
      <NewBan />
    </RecordList>
  )
}

/** What is wrong with who is to be banned. */
const valueWords = (refused: ErrorDetail, kind: BanKind) =>
  refused.code === 'invalid' ? words('bans').flaws[kind] : errorWords(refused)

function NewBan() {
  const { session } = useDesk()
  const bans = use(bansOf)
  const sites = session.session.value?.sites ?? []
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
    })
    if (done) value.value = reason.value = ''
  }

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
          placeholder={examples[kind.value]}
          maxLength={limits.url}
          value={value.value}
          aria-invalid={problem !== ''}
          aria-describedby={problem ? 'ban-problem' : undefined}
          onInput={(event) => {
            value.value = event.currentTarget.value
            bans.refused.value = null
          }}
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
      <button type="submit" disabled={bans.busy.value}>
        {of.add}
      </button>
    </form>
  )
}
