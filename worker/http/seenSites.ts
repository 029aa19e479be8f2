/** How long it is remembered that something was noted, in milliseconds. */
const remembered = 600_000

/** Names that are told apart at most. */
const most = 2_000

/** What this isolate has noted of the sites whose threads it answered, so that most reads ask the database nothing. */
export class SeenSites {
  private readonly noted = new Map<string, number>()

  /** Whether something is to be noted now; from then on it is taken as noted. */
  take(name: string, now: number): boolean {
    if (now - (this.noted.get(name) ?? 0) < remembered) return false
    if (this.noted.size >= most) this.noted.clear()
    this.noted.set(name, now)
    return true
  }

  /** Something could not be noted. */
  giveBack(name: string): void {
    this.noted.delete(name)
  }

  /** Forgets all of it, since a site is another one. */
  forget(): void {
    this.noted.clear()
  }
}

export const seenSites = new SeenSites()
