import type { Model } from '../../model/model.ts'
import { isLasting } from '../../model/storage.ts'

/** What keeps a text from being sent, or from being kept until it can be. */
export function Warnings({ model: { say } }: { model: Model }) {
  return (
    <>
      {navigator.onLine || <p class="notice">{say('offline')}</p>}
      {isLasting() || <p class="notice">{say('unkept')}</p>}
    </>
  )
}
