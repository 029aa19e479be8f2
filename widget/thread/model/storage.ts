/** What the browser refused to remember, by its full name: it does not outlive the page. */
export const memory = new Map<string, string>()

/** Whose memory it is: one for each site of each host. */
export interface Owner {
  host: string
  site: string
}

/** Where a value is remembered: for the whole site, or for this tab alone. */
type Storage = 'localStorage' | 'sessionStorage'

export const nameOf = ({ host, site }: Owner, name: string) => `hankyo ${host} ${site} ${name}`

/** What this browser remembers by a name: a JSON value in the host page's storage. */
export function getItem<Value>(
  owner: Owner,
  name: string,
  storage: Storage = 'localStorage',
): Value | undefined {
  const key = nameOf(owner, name)
  try {
    return JSON.parse((memory.get(key) ?? globalThis[storage].getItem(key)) as string) ?? undefined
  } catch {
    return undefined
  }
}

/** Remembers a value, in memory where the browser refuses; undefined removes it. */
export function setItem(owner: Owner, name: string, value: unknown, storage: Storage = 'localStorage'): void {
  const key = nameOf(owner, name)
  const text = JSON.stringify(value)
  memory.delete(key)
  try {
    if (text) globalThis[storage].setItem(key, text)
    else globalThis[storage].removeItem(key)
  } catch {
    if (text) memory.set(key, text)
  }
}
