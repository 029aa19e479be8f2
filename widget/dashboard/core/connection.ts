import { batch, createModel, signal } from '@preact/signals'
import { ApiError, type Call, request } from '../../common/api.ts'
import { folder } from './folder.ts'

/** The desk's line to the worker: whether it answers, and whether it still knows us. */
export const Connection = createModel(() => {
  const online = signal(true)
  /** Rises each time the worker answers that nobody is signed in. */
  const refusals = signal(0)
  /** What the worker last said is not there, or not for who sits here. */
  const denied = signal<{ path: string } | null>(null)
  /** Whether the account of who sat here was removed. */
  const removed = signal(false)

  return {
    online,
    refusals,
    denied,
    removed,
    /** One call with the session cookie. Rejects with an `ApiError`. */
    async ask<Data>(method: string, path: string, call: Call = {}) {
      try {
        const answer = await request<Data>(method, folder() + path, { ...call, session: true })
        online.value = true
        return answer
      } catch (error) {
        const failure = error as ApiError
        batch(() => {
          if (!call.signal?.aborted) online.value = failure.status !== 0
          if (failure.status === 403 || failure.status === 404) denied.value = { path }
          const gone = failure.detail.code === 'account_removed'
          if (gone) removed.value = true
          if (gone || failure.detail.code === 'unauthorized') refusals.value++
        })
        throw failure
      }
    },
  }
})
export type Connection = InstanceType<typeof Connection>

/** The detail of whatever was thrown. */
export function detailOf(error: unknown) {
  return error instanceof ApiError
    ? error.detail
    : { code: 'internal' as const, message: error instanceof Error ? error.message : String(error) }
}
