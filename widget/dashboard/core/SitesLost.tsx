import { useEffect, useRef } from 'preact/hooks'
import { useDesk } from '../desk.ts'
import { UnsentTexts } from './UnsentTexts.tsx'
import { formatMessage, tag, words } from './words.ts'

/** Says which sites somebody may no longer moderate, and gives back what they had begun to write there. */
export function SitesLost() {
  const { lost, dismiss } = useDesk().lostSites
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus()
  }, [])
  if (!lost.value) return null
  const { names, texts } = lost.value
  const sites = new Intl.ListFormat(tag()).format(names)
  return (
    <section ref={box} class="offer" tabIndex={-1} role="alert">
      <p>{formatMessage(words('signedOut').sitesGone, { sites })}</p>
      <UnsentTexts texts={texts} />
      <p>
        <button
          type="button"
          onClick={() => {
            dismiss()
            document.getElementById('main')?.focus()
          }}
        >
          {words().hide}
        </button>
      </p>
    </section>
  )
}
