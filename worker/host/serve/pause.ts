import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/** How long a request may take before work that others wait for begins without its end, in milliseconds. */
const slow = 5000

/** Lets requests wait for work that they may not disturb. */
export class Pause {
  private readonly underWay = new Set<ServerResponse>()
  private work: Promise<void> | null = null

  /** Waits for the work that is done, and counts the request as under way. @returns false where it was given up meanwhile */
  async enter(response: ServerResponse): Promise<boolean> {
    while (this.work) await this.work
    if (response.closed) return false
    this.underWay.add(response)
    response.once('close', () => this.underWay.delete(response))
    return true
  }

  /** Does some work once the requests under way are over, or are slow; those that come wait for it. */
  async during(work: () => Promise<unknown>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.work = promise
    try {
      const over = Array.from(this.underWay, (response) => once(response, 'close'))
      await Promise.race([Promise.all(over), delay(slow)])
      await work()
    } finally {
      this.work = null
      resolve()
    }
  }
}
