const memory = new Map<string, string>()

/** What this browser remembers for one site: JSON values by name in the host page's localStorage. */
export class Storage {
  readonly #prefix: string

  constructor(host: string, site: string) {
    this.#prefix = `hankyo ${host} ${site} `
  }

  /** Whether all that was set will outlive the page; else it is in memory only. */
  get lasting(): boolean {
    return !memory.size
  }

  get<Value>(name: string): Value | undefined {
    const key = this.#prefix + name
    try {
      return JSON.parse((memory.get(key) ?? localStorage.getItem(key)) as string) ?? undefined
    } catch {
      return undefined
    }
  }

  /** Keeps a value; undefined removes it. */
  set(name: string, value: unknown): void {
    const key = this.#prefix + name
    memory.delete(key)
    try {
      if (value === undefined) localStorage.removeItem(key)
      else localStorage.setItem(key, JSON.stringify(value))
    } catch {
      if (value !== undefined) memory.set(key, JSON.stringify(value))
    }
  }

  /** The rest of every name that begins with `start`. */
  names(start: string): string[] {
    const full = this.#prefix + start
    let keys = [...memory.keys()]
    try {
      keys = keys.concat(Object.keys(localStorage))
    } catch {}
    return keys.filter((key) => key.startsWith(full)).map((key) => key.slice(full.length))
  }
}
