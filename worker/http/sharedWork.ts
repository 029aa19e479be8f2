/** How long whoever asks waits for another's work, in milliseconds: that one may be gone, and never end. */
const patience = 5000

/** Work that goes on in this isolate, so that what many ask for at the same time is done once. */
export class SharedWork {
  private readonly under = new Map<string, Promise<unknown>>()

  /**
   * Does some work, or waits for the same that goes on. Where that fails, or takes too long, it is done again: what
   * went wrong may be whoever's who asked first.
   *
   * @param key says what it is, all of it
   * @param defer keeps a request alive until its work is over, though whoever asked has gone
   */
  async once<Result>(
    key: string,
    defer: (work: Promise<unknown>) => void,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const under = this.under.get(key) as Promise<Result> | undefined
    if (under) return (await inTime(under)) ?? work()
    const begun = work().finally(() => this.end(key, begun))
    this.under.set(key, begun)
    defer(begun.catch(() => {}))
    return begun
  }

  /** Lets nobody wait any longer for what was begun before. */
  forget(): void {
    this.under.clear()
  }

  private end(key: string, work: Promise<unknown>): void {
    if (this.under.get(key) === work) this.under.delete(key)
  }
}

/** What comes of another's work, unless it fails or takes too long. */
async function inTime<Result>(work: Promise<Result>): Promise<Result | null> {
  let timer: ReturnType<typeof setTimeout> | null = null
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patience, null)
  })
  try {
    return await Promise.race([work.catch(() => null), late])
  } finally {
    clearTimeout(timer)
  }
}
