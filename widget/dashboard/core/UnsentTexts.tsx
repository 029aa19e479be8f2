import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { words } from './words.ts'

/** Texts that were begun at the desk and not sent, for whoever can send them no more: to be copied. */
export function UnsentTexts() {
  const texts = useSignal<string[]>([])
  const w = words('signedOut')
  useEffect(() => {
    const fields = document.querySelectorAll<HTMLTextAreaElement>('.board :is(article, aside) textarea')
    texts.value = Array.from(fields, ({ value }) => value.trim()).filter(Boolean)
  }, [texts])
  if (texts.value.length === 0) return null
  return (
    <>
      <p>{w.unsent}</p>
      {texts.value.map((text, at) => (
        <textarea key={text} readOnly rows={4} value={text} aria-label={`${w.unsentText} ${at + 1}`} />
      ))}
    </>
  )
}
