import { words } from './words.ts'

/** Texts that were begun and not sent, for whoever can send them no more: to be copied. */
export function UnsentTexts({ texts }: { texts: string[] }) {
  const w = words('signedOut')
  if (texts.length === 0) return null
  return (
    <>
      <p>{w.unsent}</p>
      {texts.map((text, at) => (
        <textarea key={text} readOnly rows={4} value={text} aria-label={`${w.unsentText} ${at + 1}`} />
      ))}
    </>
  )
}
