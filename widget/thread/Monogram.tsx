import type { Comment } from '../../worker/contract.ts'

const segmenter = new Intl.Segmenter()

/** A disc with the name's first letter; its hue comes from the author's public id. */
export function Monogram({ author: { id, name } }: Pick<Comment, 'author'>) {
  const hue = Number.parseInt(id, 36) % 360 || 0
  const [first] = segmenter.segment(name.trim())
  return (
    <span class="disc" part="disc" aria-hidden="true" style={id ? { '--hue': `0.08 ${hue}` } : undefined}>
      {first?.segment.toUpperCase()}
    </span>
  )
}
