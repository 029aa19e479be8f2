import { sentence } from '../../../worker/host/terminal.ts'

/** What a command would say of what it is asked: nothing where it can be. */
export function refusalOf(ask: () => unknown): string {
  try {
    ask()
  } catch (error) {
    return sentence(error)
  }
  return ''
}
