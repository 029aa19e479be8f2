import { memory, nameOf, type Owner } from '../model/storage.ts'

/** The rest of every name that begins with `start`. */
export function names(owner: Owner, start: string): string[] {
  const full = nameOf(owner, start)
  let keys = [...memory.keys()]
  try {
    keys = keys.concat(Object.keys(localStorage))
  } catch {}
  return keys.filter((key) => key.startsWith(full)).map((key) => key.slice(full.length))
}

/** Whether all that was set will outlive the page. */
export function lasting(): boolean {
  return !memory.size
}
