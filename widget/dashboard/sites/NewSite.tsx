import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { languages } from '../../../worker/contract/languages.ts'
import { onEscape } from '../core/composing.ts'
import { held } from '../core/held.ts'
import { nameOfLanguage } from '../core/languageNames.ts'
import { errorWords, language, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { addressesOf, idFrom } from './addresses.ts'
import { sitesOf } from './sites.ts'

/** A form to add a site: what it is called, where its pages are, in which language. */
export function NewSite({ close }: { close: () => void }) {
  const sites = use(sitesOf)
  const name = useSignal('')
  const id = useSignal<string | null>(null)
  const origins = useSignal('')
  const locale = useSignal<string>(language.peek())
  const first = useRef<HTMLInputElement>(null)
  const problem = useId()
  useEffect(() => {
    first.current?.focus()
    sites.refused.value = null
  }, [sites])
  const w = words('sites')
  const error = sites.refused.value
  const field = error?.field?.replace(/\..*/, '')
  const shownId = id.value ?? idFrom(name.value)

  async function submit(event: Event) {
    event.preventDefault()
    const wish = { id: shownId, name: name.peek().trim(), locale: locale.peek() }
    if (await sites.add({ ...wish, origins: addressesOf(origins.peek()) })) close()
  }

  const marked = (of: string) => ({
    'aria-invalid': field === of,
    'aria-describedby': field === of ? problem : undefined,
  })
  const into = (signal: Signal<string>) => (event: { currentTarget: { value: string } }) => {
    signal.value = event.currentTarget.value
  }
  return (
    <form class="line-form new-site" aria-label={w.adding} onSubmit={submit} onKeyDown={onEscape(close)}>
      <label class="grow">
        <span>{w.name}</span>
        <input
          ref={first}
          type="text"
          dir="auto"
          required
          maxLength={100}
          value={name.value}
          {...marked('name')}
          onInput={into(name)}
        />
      </label>
      <label class="grow">
        <span>{w.id}</span>
        <input
          type="text"
          dir="ltr"
          required
          maxLength={64}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          title={w.idHint}
          autocapitalize="off"
          spellcheck={false}
          value={shownId}
          {...marked('id')}
          onInput={(event) => {
            id.value = event.currentTarget.value
          }}
        />
      </label>
      <label class="grow whole">
        <span>{w.addresses}</span>
        <textarea
          dir="ltr"
          rows={2}
          required
          spellcheck={false}
          autocapitalize="off"
          placeholder="https://blog.example"
          value={origins.value}
          {...marked('origins')}
          onInput={into(origins)}
        />
      </label>
      <label class="grow">
        <span>{w.locale}</span>
        <select value={locale.value} {...marked('locale')} onChange={into(locale)}>
          {languages.map((one) => (
            <option key={one} value={one}>
              {nameOfLanguage(one)}
            </option>
          ))}
        </select>
      </label>
      <p class="whole quiet">{w.idNote}</p>
      {error && (
        <p class="error whole" id={problem} role="alert">
          {error.code === 'id_taken' ? w.idTaken : errorWords(error)}
        </p>
      )}
      <p class="whole acts">
        <button type="submit" class="primary" {...held(sites.busy.value)}>
          {w.add}
        </button>
        <button type="button" onClick={close}>
          {w.cancel}
        </button>
      </p>
    </form>
  )
}
