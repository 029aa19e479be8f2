import type { Model } from '../../model/model.ts'
import { memory } from '../../model/storage.ts'

/** What keeps a text from being sent, or from being kept until it can be. */
export function Warnings({ model: { say } }: { model: Model }) {
  return (
    <>
      {navigator.onLine || <p class="notice">{say('offline')}</p>}
      {memory.size > 0 && <p class="notice">{say('unkept')}</p>}
    </>
  )
}
