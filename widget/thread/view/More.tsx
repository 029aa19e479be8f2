import { withReactions } from '../model/loading.ts'
import type { Model } from '../model/model.ts'
import { Lacking } from './Lacking.tsx'

interface Props {
  model: Model
  /** Where they begin; nothing where there are none. */
  cursor: string | null | undefined
  words: string
  load: Parameters<typeof withReactions>[1]
}

/** The button for comments that are not loaded yet. */
export function More({ model, cursor, words, load }: Props) {
  return cursor ? (
    <>
      <button
        {...model.button}
        class="more"
        name="cursor"
        value={cursor}
        onClick={() => withReactions(model, load, cursor)}
      >
        {words}
      </button>
      <Lacking model={model} place={cursor} />
    </>
  ) : null
}
