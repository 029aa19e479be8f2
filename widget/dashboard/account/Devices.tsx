import { useEffect } from 'preact/hooks'
import type { PushSubscriptionView } from '../../../worker/contract/pushSubscriptions.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { AskedButton } from '../ui/AskedButton.tsx'
import { Time } from '../ui/Time.tsx'
import { devicesOf } from './devices.ts'

/** The devices on which one is told by push: this one, on or off, and all of them. */
export function Devices() {
  const devices = use(devicesOf)
  const w = words('notifications').devices
  useEffect(() => {
    void devices.load()
  }, [devices])
  const items = devices.items.value
  const ability = devices.ability.value
  const flaw = devices.flaw.value
  const endpoint = devices.endpointHere.value
  const isOn = items?.some((one) => one.endpoint === endpoint) ?? false
  return (
    <section class="credentials" aria-labelledby="devices-heading">
      <h3 id="devices-heading">{w.title}</h3>
      <p class="quiet">{w.note}</p>
      {ability !== 'possible' && <p>{w[ability]}</p>}
      {flaw && (
        <p class="error" role="alert">
          {flaw === 'unread' ? w.unread : flaw === 'browser' ? w.failed : errorWords(flaw)}{' '}
          {flaw === 'unread' && (
            <button type="button" onClick={devices.load}>
              {words().tryAgain}
            </button>
          )}
        </p>
      )}
      {items === null && !flaw && (
        <p class="late quiet state" role="status">
          {words().loading}
        </p>
      )}
      {items?.length === 0 && <p class="quiet">{w.none}</p>}
      <ul class="records">
        {items?.map((device) => (
          <Row key={device.id} device={device} isHere={device.endpoint === endpoint} />
        ))}
      </ul>
      {items && ability === 'possible' && !isOn && (
        <p>
          <button type="button" onClick={devices.switchOn} {...held(devices.busy.value)}>
            {w.on}
          </button>
        </p>
      )}
    </section>
  )
}

function Row({ device, isHere }: { device: PushSubscriptionView; isHere: boolean }) {
  const devices = use(devicesOf)
  const w = words('notifications').devices
  const { id, name, createdAt, lastToldAt } = device
  const tested = devices.tested.value?.id === id ? devices.tested.value : null
  return (
    <li>
      <div>
        <p>
          <bdi>{name}</bdi>
          {isHere && ` · ${w.here}`}
        </p>
        <p class="quiet">
          {w.since} <Time at={createdAt} />
          {lastToldAt && (
            <>
              {' · '}
              {w.lastTold}: <Time at={lastToldAt} />
            </>
          )}
        </p>
        <p role="status" class={tested?.delivered === false ? 'error' : 'quiet'}>
          {tested && (tested.delivered ? w.tested : formatMessage(w.untested, { answer: tested.answer }))}
        </p>
      </div>
      <div class="acts">
        <button
          type="button"
          aria-label={formatMessage(w.testOf, { name })}
          onClick={() => devices.test(id)}
          {...held(devices.busy.value)}
        >
          {w.test}
        </button>
        <AskedButton
          label={isHere ? w.off : w.remove}
          name={isHere ? w.off : formatMessage(w.removeOf, { name })}
          question={formatMessage(w.removeAsk, { name })}
          cancel={words('notifications').keep}
          act={() => devices.remove(id)}
        />
      </div>
    </li>
  )
}
