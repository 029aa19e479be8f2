import { memory, nameOf, type Owner } from '../../model/storage.ts'

/** The rest of every stored name that begins with `start`. */
export function storedNames(owner: Owner, start: string): string[] {
  const full = nameOf(owner, start)
  const keys = [...memory.keys()]
  try {
    keys.push(...Object.keys(localStorage))
  } catch {}
  return keys.filter((key) => key.startsWith(full)).map((key) => key.slice(full.length))
}
