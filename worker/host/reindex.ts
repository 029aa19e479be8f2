import type { Operator } from './operator.ts'
import { note, Refusal, sentence } from './terminal.ts'

/** Milliseconds between two lines of progress. */
const pause = 2000

/**
 * Makes the full-text index of an instance anew, and tells how far it has come. One that was left half made goes on
 * where it is.
 *
 * @returns what there is to say at the end
 */
export async function reindex(instance: Operator): Promise<string> {
  const before = await instance.searchIndex()
  if (before.state === 'missing')
    throw new Refusal('This instance has no full-text index: bind a database as SEARCH, then deploy.')
  const isBegun = before.state === 'building' && before.built > 0
  if (isBegun) note(`It is being made already: goes on after ${counted(before)}.`)
  else await instance.emptySearchIndex()
  let told = 0
  try {
    for (;;) {
      const now = await instance.extendSearchIndex()
      const isReady = now.state === 'ready'
      if (isReady || Date.now() - told >= pause) note(counted(now))
      if (isReady) return 'The search is made anew.'
      told = Date.now() - told >= pause ? Date.now() : told
    }
  } catch (error) {
    throw new Refusal(`${sentence(error)} Run it again: it goes on where it stopped.`)
  }
}

const counted = ({ built, total }: { built: number; total: number }) => {
  const share = total === 0 ? 100 : Math.min(100, Math.floor((100 * built) / total))
  return `${built.toLocaleString('en')} of ${total.toLocaleString('en')} comments (${share} %)`
}
