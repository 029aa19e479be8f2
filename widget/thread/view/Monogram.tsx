import type { Comment } from '../../../worker/contract/comment.ts'

/** The first letter with what belongs to it; `Intl.Segmenter` takes a slow phone longer than a whole comment. */
const letter = /^(?:\p{RI}{2}|.(?:\p{M}|\p{EMod}|\u200d.)*)/su

/** A disc with the name's first letter; its hue comes from the author's public id. */
export function Monogram({ author: { id, name } }: Pick<Comment, 'author'>) {
  const hue = Number.parseInt(id, 36) % 360 || 0
  const [first = ''] = letter.exec(name.trim()) ?? []
  return (
    <span class="disc" part="disc" aria-hidden="true" style={id ? { '--hue': `0.08 ${hue}` } : undefined}>
      {first.toUpperCase()}
    </span>
  )
}
