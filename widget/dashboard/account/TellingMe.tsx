import { useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { limits } from '../../../worker/contract/limits.ts'
import type { MailTrouble, Notifications } from '../../../worker/contract/notifications.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { AskedButton } from '../ui/AskedButton.tsx'
import { Time } from '../ui/Time.tsx'
import { ChoiceForm } from './ChoiceForm.tsx'
import { Devices } from './Devices.tsx'
import { devicesOf } from './devices.ts'
import { type Told, toldOf } from './notifications.ts'

/** Where one is told that something waits, how often, and of what. */
export function TellingMe() {
  const told = use(toldOf)
  const devices = use(devicesOf).items.value ?? []
  const heading = useId()
  const w = words('notifications')
  useEffect(() => {
    void told.load()
  }, [told])
  const now = told.now.value
  const error = told.error.value
  return (
    <section class="telling" aria-labelledby={heading}>
      <h2 id={heading}>{w.title}</h2>
      <p class="quiet">{w.note}</p>
      {told.phase.value === 'failed' && (
        <p class="acts" role="alert">
          {w.failed}{' '}
          <button type="button" onClick={() => told.load()}>
            {words().tryAgain}
          </button>
        </p>
      )}
      {now === null && told.phase.value === 'loading' && (
        <p class="late quiet state" role="status">
          {words().loading}
        </p>
      )}
      {now && !now.sendsMail && (
        <p>
          {w.noMail} <a href="docs/mail">{w.mailHow}</a>
        </p>
      )}
      {now?.sendsMail && <Address told={told} now={now} />}
      {now && error && told.phase.value === 'ready' && (
        <p class="error" role="alert">
          {errorWords(error)}
        </p>
      )}
      <Devices />
      {devices.length > 0 && now?.choice.pace === 'never' && now.sites.length === 0 && (
        <p>{w.devices.never}</p>
      )}
      {now && (now.address || devices.length > 0) && (
        <ChoiceForm now={now} busy={told.busy.value} save={told.change} />
      )}
    </section>
  )
}

function Address({ told, now: { address, asked, trouble } }: { told: Told; now: Notifications }) {
  const typed = useSignal('')
  const w = words('notifications')
  const busy = told.busy.value
  /** To which address the link was sent again. */
  const sentAgain = useSignal<string | null>(null)

  async function send(event: Event) {
    event.preventDefault()
    sentAgain.value = null
    if (await told.change({ address: typed.peek().trim() })) typed.value = ''
  }

  async function again() {
    sentAgain.value = null
    if (await told.change({ address: asked })) sentAgain.value = asked
  }

  return (
    <>
      {address && (
        <p class="acts">
          <span>{formatMessage(w.confirmed, { address })}</span>
          <AskedButton
            label={w.forget}
            name={w.forget}
            question={w.forgetAsk}
            cancel={w.keep}
            act={() => told.change({ address: null })}
          />
        </p>
      )}
      {trouble && <Trouble told={told} trouble={trouble} />}
      {asked && (
        <p class="acts">
          <span role="status">{formatMessage(w.asked, { address: asked })}</span>
          <button type="button" onClick={again} {...held(busy)}>
            {w.again}
          </button>
          <span role="status" class="quiet">
            {sentAgain.value === asked && w.sentAgain}
          </span>
        </p>
      )}
      <form class="line-form" aria-label={w.use} onSubmit={send}>
        <label class="grow">
          <span>{w.address}</span>
          <input
            type="email"
            required
            dir="ltr"
            autocomplete="email"
            maxLength={limits.email}
            value={typed.value}
            aria-invalid={told.error.value?.field === 'address'}
            onInput={(event) => {
              typed.value = event.currentTarget.value
            }}
          />
        </label>
        <button type="submit" {...held(busy)}>
          {w.use}
        </button>
      </form>
    </>
  )
}

/** That mail does not arrive, since when and by what words; an address of theirs is confirmed once more to be used again. */
function Trouble({ told, trouble }: { told: Told; trouble: MailTrouble }) {
  const w = words('notifications')
  const { address, why, since, answer } = trouble
  const isOwn = address === told.now.value?.address
  const message = isOwn && why === 'complained' ? w.complainedOwn : w.trouble[why]
  return (
    <div class="acts" role="alert">
      <p class="error">
        {formatMessage(message, { address })} <Time at={since} absolute />
      </p>
      {answer && <p>{formatMessage(w.serverSays, { answer })}</p>}
      {isOwn && (
        <button type="button" onClick={() => told.change({ address })} {...held(told.busy.value)}>
          {w.confirmAgain}
        </button>
      )}
    </div>
  )
}
