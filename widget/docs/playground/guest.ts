import { guest } from '../../demo/guest.ts'
import { nameOf } from '../../thread/model/storage.ts'
import { host } from '../host.ts'
import { lively } from './choice.ts'

/**
 * Has this browser keep the comments of the demo's guest as the reader's own; the thread asks how they stand. It asks
 * for readers with a token alone, so who has none gets one, which is theirs.
 */
export function becomeGuest(): void {
  const keep = (name: string, value: unknown) => {
    localStorage[nameOf({ host, site: 'demo' }, name)] ??= JSON.stringify(value)
  }
  try {
    keep('token', crypto.randomUUID())
    for (const id of guest.comments) keep(`own ${id}`, { id, thread: lively, token: guest.token })
  } catch {
    // A browser that keeps nothing, or has no TLS on another machine, shows the thread without them.
  }
}
