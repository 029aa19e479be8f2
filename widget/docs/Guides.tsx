import { useSignal } from '@preact/signals'
import { Code } from './Code.tsx'
import { guides } from './guides.ts'
import { Reference } from './Reference.tsx'
import { words } from './words.ts'

/** A tab for each kind of site and each thing to know. */
export function Guides({ host, site }: { host: string; site: string }) {
  const { guide } = words()
  const all = guides(host, site)
  const names = Object.keys(all) as (keyof typeof all)[]
  const open = useSignal<keyof typeof all>('theming')
  const { text } = guide[open.value]
  const codes = all[open.value]
  const go = (name: keyof typeof all | undefined) => {
    if (!name) return
    open.value = name
    document.getElementById(`tab-${name}`)?.focus()
  }
  return (
    <div class="guides">
      <div
        role="tablist"
        aria-label={words().guides}
        onKeyDown={({ key }) => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
          if (step) go(names.at((names.indexOf(open.value) + step) % names.length))
          else if (key === 'Home') go(names[0])
          else if (key === 'End') go(names.at(-1))
        }}
      >
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === open.value}
            aria-controls="guide"
            tabIndex={name === open.value ? 0 : -1}
            onClick={() => {
              open.value = name
            }}
          >
            {guide[name].title}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a panel without a control is reached by keyboard so. */}
      <div role="tabpanel" id="guide" tabIndex={0} aria-labelledby={`tab-${open.value}`}>
        {text.map((paragraph, index) => (
          <div key={paragraph}>
            <p>{paragraph}</p>
            {codes[index] && <Code text={codes[index]} />}
          </div>
        ))}
        {open.value === 'theming' && <Reference />}
      </div>
    </div>
  )
}
