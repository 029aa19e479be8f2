import type { Model } from '../model/model.ts'
import type { Failure } from '../model/words.ts'

interface Props {
  model: Model
  error: Failure | undefined
  id?: string
  role?: 'alert'
}

/** What went wrong, where it went wrong; its place is there before, so that it is read out. */
export function Problem({ model, error, id, role }: Props) {
  return (
    <p class="quiet error" id={id} role={role}>
      {error && model.loaded.writing?.sayError(model, error)}
    </p>
  )
}
