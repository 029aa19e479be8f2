import { useRef } from 'preact/hooks'
import { flawOf, type PageRule, readPageRules } from '../../../worker/importers/plan/pageRules.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { newImportOf } from './newImport.ts'

/** Where pages went: a table of rules, into which a list of lines can be pasted. */
export function PageMapping() {
  const making = use(newImportOf)
  const table = useRef<HTMLTableSectionElement>(null)
  const w = words('imports').mapping
  const { pages, origin } = making.choices.value

  const put = (rules: PageRule[]) => making.choose({ pages: rules })
  const change = (at: number, to: Partial<PageRule>) =>
    put(pages.map((rule, index) => (index === at ? { ...rule, ...to } : rule)))
  const focus = (at: number) =>
    requestAnimationFrame(() => table.current?.querySelectorAll<HTMLInputElement>('input')[at * 2]?.focus())

  function paste(event: ClipboardEvent, at: number) {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const { rules } = readPageRules(text)
    if (rules.length === 0) return
    event.preventDefault()
    put([...pages.slice(0, at), ...rules, ...pages.slice(at).filter(({ from }) => from !== '')])
  }

  return (
    <details class="mapping" open={pages.length > 0 || undefined}>
      <summary>{w.heading}</summary>
      <p class="quiet">{w.note}</p>
      {pages.length > 0 && (
        <div class="wide">
          <table>
            <thead>
              <tr>
                <th scope="col">{w.from}</th>
                <th scope="col">{w.to}</th>
                <td />
              </tr>
            </thead>
            <tbody ref={table}>
              {pages.map((rule, at) => (
                <tr key={at}>
                  <td>
                    <input
                      type="text"
                      dir="ltr"
                      aria-label={`${w.from} ${at + 1}`}
                      aria-invalid={rule.from !== '' && flawOf(rule) !== null}
                      value={rule.from}
                      onInput={(event) => change(at, { from: event.currentTarget.value.trim() })}
                      onPaste={(event) => paste(event, at)}
                    />
                  </td>
                  <td>
                    <input
                      type="text"
                      dir="ltr"
                      aria-label={`${w.to} ${at + 1}`}
                      placeholder={w.leftOut}
                      value={rule.to}
                      onInput={(event) => change(at, { to: event.currentTarget.value.trim() })}
                    />
                  </td>
                  <td>
                    <button
                      type="button"
                      class="plain"
                      aria-label={formatMessage(w.removeOf, { rule: rule.from })}
                      onClick={() => {
                        put(pages.filter((_, index) => index !== at))
                        focus(Math.min(at, pages.length - 2))
                      }}
                    >
                      {w.remove}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <button
        type="button"
        onClick={() => {
          put([...pages, { from: '', to: '' }])
          focus(pages.length)
        }}
      >
        {w.add}
      </button>
      <label class="field">
        <span>{w.origin}</span>
        <input
          type="url"
          dir="ltr"
          placeholder="https://old.example"
          value={origin}
          onInput={(event) => making.choose({ origin: event.currentTarget.value.trim() })}
        />
        <span class="quiet">{w.originNote}</span>
      </label>
    </details>
  )
}
