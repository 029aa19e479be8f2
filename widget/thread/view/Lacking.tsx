import type { Model } from '../model/model.ts'

interface Props {
  model: Model
  /** Id of the comment, or the cursor, whose button needs it. */
  place: string
}

/** Tells that something could not be loaded, beside the button that needs it, and what to do. */
export function Lacking({ model: { say, stuck }, place }: Props) {
  return stuck === place ? (
    <p class="notice" role="alert">
      {say('lacking')}
    </p>
  ) : null
}
