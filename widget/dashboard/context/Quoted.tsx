import { Visible } from '../ui/Visible.tsx'

/** What a reader or an author says, as they wrote it. */
export function Quoted({ text }: { text: string }) {
  return (
    <blockquote class="voice" dir="auto">
      <Visible text={text} />
    </blockquote>
  )
}
