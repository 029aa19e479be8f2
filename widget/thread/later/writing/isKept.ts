import { memory } from '../../model/storage.ts'

/** Whether this browser remembers what is written here. Where it does not, nothing may promise so. */
export function isKept(): boolean {
  try {
    localStorage.setItem('hankyo', '')
    localStorage.removeItem('hankyo')
    return memory.size === 0
  } catch {
    return false
  }
}
