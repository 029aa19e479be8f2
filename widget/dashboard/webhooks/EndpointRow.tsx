import { useEffect, useRef } from 'preact/hooks'
import type { Endpoint } from '../../../worker/contract/endpoints.ts'
import { answerWords } from '../core/answerWords.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, tag, words } from '../core/words.ts'
import { absoluteTime } from '../core/zone.ts'
import { use, useDesk } from '../desk.ts'
import { AskedButton } from '../ui/AskedButton.tsx'
import { EndpointForm } from './EndpointForm.tsx'
import { brands, endpointsOf } from './endpoints.ts'

/** A webhook or a chat: what it is told, whether it works, and what can be done with it. */
export function EndpointRow({ endpoint }: { endpoint: Endpoint }) {
  const endpoints = use(endpointsOf)
  const { id, site, kind, name, target, types, paused, disabledAt, decidesAs } = endpoint
  const me = useDesk().session.session.value?.moderator.id
  const w = words('webhooks')
  const isOff = paused || disabledAt !== null
  const problem = endpoints.problem.value
  const isChanging = endpoints.changing.value === id
  const change = useRef<HTMLButtonElement>(null)
  const changed = useRef(false)
  useEffect(() => {
    if (changed.current && !isChanging) change.current?.focus()
    changed.current = isChanging
  }, [isChanging])
  if (isChanging)
    return (
      <li>
        <EndpointForm site={site} known={endpoint} />
      </li>
    )
  return (
    <li>
      <div>
        <p>
          <bdi class="name">{name}</bdi>{' '}
          <span class="quiet">
            {kind === 'webhook' ? w.webhook : brands[kind]} · <bdi dir="ltr">{target}</bdi>
            {paused && ` · ${w.paused}`}
          </span>
        </p>
        <p class="quiet">{types.map((type) => w.type[type]).join(words().comma)}</p>
        {decidesAs && <p class="quiet">{w.decidesAs[decidesAs === me ? 'you' : 'another']}</p>}
        <State endpoint={endpoint} />
        {isOff && <p class="quiet">{w.missed}</p>}
        {problem?.id === id && (
          <p class="error" role="alert">
            {formatMessage(w.failed, { error: errorWords(problem.error) })}
          </p>
        )}
      </div>
      <div class="acts">
        <button
          type="button"
          aria-label={`${w.test}: ${name}`}
          onClick={() => endpoints.test(id)}
          {...held(endpoints.busy.value)}
        >
          {w.test}
        </button>
        <button
          type="button"
          aria-label={`${isOff ? w.resume : w.pause}: ${name}`}
          onClick={() => endpoints.change(id, { paused: !isOff })}
          {...held(endpoints.busy.value)}
        >
          {isOff ? w.resume : w.pause}
        </button>
        <button
          type="button"
          ref={change}
          aria-label={`${w.change}: ${name}`}
          onClick={() => {
            endpoints.changing.value = id
          }}
        >
          {w.change}
        </button>
        {kind === 'webhook' && (
          <AskedButton
            label={w.rotate}
            name={`${w.rotate}: ${name}`}
            question={formatMessage(w.rotateAsk, { name })}
            cancel={w.cancel}
            act={() => endpoints.rotate(endpoint)}
          />
        )}
        <AskedButton
          label={w.remove}
          name={`${w.remove}: ${name}`}
          question={formatMessage(w.removeAsk, { name })}
          cancel={w.keep}
          act={() => endpoints.remove(id)}
        />
      </div>
    </li>
  )
}

/** Whether it works, as far as is known, and what came of a test. */
function State({ endpoint: { id, failing, disabledAt } }: { endpoint: Endpoint }) {
  const endpoints = use(endpointsOf)
  const w = words('webhooks')
  const test = endpoints.tests.value[id]
  const when = (at: string) => absoluteTime(at, tag())
  const answer = answerWords(failing?.answer ?? '')
  return (
    <>
      {disabledAt !== null ? (
        <p class="error">{formatMessage(w.disabled, { when: when(disabledAt), answer })}</p>
      ) : (
        failing && <p class="error">{formatMessage(w.failing, { when: when(failing.since), answer })}</p>
      )}
      <p role="status" class={test?.delivered === false ? 'error' : ''}>
        {test &&
          formatMessage(test.delivered ? w.tested : w.notDelivered, { answer: answerWords(test.answer) })}
      </p>
    </>
  )
}
