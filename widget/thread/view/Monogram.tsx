import type { Comment } from '../../../worker/contract/comment.ts'

/** The first letter with what belongs to it; `Intl.Segmenter` takes a slow phone longer than a whole comment. */
const letter = /^(?:\p{RI}{2}|.(?:\p{M}|\p{EMod}|\u200d.)*)/su

/** The hue of an author's disc, in degrees; it comes from their public id. */
export const hueOf = (id: string) => Number.parseInt(id, 36) % 360 || 0

/** A disc with the name's first letter, in its author's hue. */
export function Monogram({ author: { id, name } }: Pick<Comment, 'author'>) {
  const [first = ''] = letter.exec(name.trim()) ?? []
  return (
    <span
      class="disc"
      part="disc"
      aria-hidden="true"
      style={id ? { '--hue': `0.08 ${hueOf(id)}` } : undefined}
    >
      {first.toUpperCase()}
    </span>
  )
}
