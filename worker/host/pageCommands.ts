import { setTimeout as delay } from 'node:timers/promises'
import { canonicalKey } from '../contract/canonicalKey.ts'
import { mostPagesAsked } from '../contract/pageLimits.ts'
import { readableKey } from '../contract/readableKey.ts'
import { type CheckedMove, mostMovesChecked, type ThreadMove } from '../contract/threadMoves.ts'
import { patiently } from '../importers/plan/patience.ts'
import { several } from './backup/manifest.ts'
import type { Operator } from './operator.ts'
import { type Pair, pairsIn, threadsOf } from './pageMap.ts'
import type { Work } from './siteCommands.ts'
import { note, Refusal } from './terminal.ts'

/** What the command line says of pages that move. */
export interface Choices {
  site?: string | undefined
  to?: string | undefined
  'dry-run'?: boolean | undefined
}

/** Milliseconds between two looks at a move that goes on. */
const pause = 500

const clock = { now: () => Date.now(), wait: (milliseconds: number) => delay(milliseconds) }

/** The commands of pages that move: each checks what was given before an instance is looked for. */
export const pageCommands: Record<string, (choices: Choices, id: string) => Work> = {
  'page list': (choices) => async (instance) =>
    (await instance.threadMoves(siteOf(choices))).items.map(lineOf).join('\n') || 'No page has moved yet.',

  'page move'(choices, from) {
    const site = siteOf(choices)
    const { to } = choices
    if (!to) throw new Refusal('Where to? page move needs --to, such as --to /new.')
    return (instance) => moveAll(instance, site, { pairs: [{ from, to }], choices })
  },

  'page map'(choices, file) {
    const site = siteOf(choices)
    return async (instance) =>
      moveAll(instance, site, { pairs: await pairsIn(instance, site, file), choices })
  },

  'page redirects'(choices) {
    const site = siteOf(choices)
    return async (instance) => moveAll(instance, site, { pairs: await redirectsOf(instance, site), choices })
  },

  'page undo': (_, id) => async (instance) => {
    const undone = await finished(instance, await instance.undoThreadMove(id))
    return `Taken back: ${readableKey(undone.from)} has its comments again.`
  },
}

function siteOf({ site }: Choices): string {
  if (!site) throw new Refusal('Of which site? Say --site ID.')
  return site
}

/**
 * Where the pages of a site's threads lead by now. One that leads to the front page is told, and left where it is: so do
 * many sites with pages that are gone.
 */
async function redirectsOf(instance: Operator, site: string): Promise<Pair[]> {
  const threads = (await threadsOf(instance, site)).filter(({ url }) => url !== '')
  const pairs: Pair[] = []
  for (let at = 0; at < threads.length; at += mostPagesAsked) {
    const some = threads.slice(at, at + mostPagesAsked)
    const { items } = await patiently(
      () =>
        instance.checkPages(
          site,
          some.map(({ url }) => url),
        ),
      clock,
      { onWait: (waiting) => waiting && note(`${waiting.message} Waiting for ${waiting.seconds} seconds…`) },
    )
    for (const [place, { state, to, detail }] of items.entries()) {
      const from = some[place]?.key ?? ''
      if (state === 'unreachable') note(`${readableKey(from)}: ${detail ?? 'not reachable'}`)
      if (state !== 'moved' || to === null || canonicalKey(to) === from) continue
      if (canonicalKey(to) === '/') note(`${readableKey(from)}: leads to the front page, and stays`)
      else pairs.push({ from, to })
    }
  }
  return pairs
}

/**
 * Tells what some moves come to, and does those that can be.
 *
 * @returns what there is to say at the end
 * @throws Refusal where none of the pages is there
 */
async function moveAll(
  instance: Operator,
  site: string,
  { pairs, choices }: { pairs: Pair[]; choices: Choices },
): Promise<string> {
  const told: string[] = []
  let done = 0
  let missing = 0
  for (let at = 0; at < pairs.length; at += mostMovesChecked) {
    const { items } = await instance.checkThreadMoves(site, pairs.slice(at, at + mostMovesChecked))
    for (const check of items) {
      told.push(outcomeOf(check))
      if (check.outcome === 'none') missing++
      if (choices['dry-run'] || (check.outcome !== 'move' && check.outcome !== 'merge')) continue
      note(told.at(-1) ?? '')
      const { from, to } = check
      await finished(instance, await instance.moveThread({ id: crypto.randomUUID(), site, from, to }))
      done++
    }
  }
  if (told.length === 0) return 'No page moves.'
  if (missing > 0 && missing === told.length) throw new Refusal(told.join('\n'))
  return choices['dry-run']
    ? told.join('\n')
    : `${several(done, 'page')} moved. page list tells how to undo each.`
}

/** Waits until all comments came along, or went back. */
async function finished(instance: Operator, move: ThreadMove): Promise<ThreadMove> {
  let now = move
  while (now.state === 'working' || now.state === 'undoing') {
    note(`${now.state === 'working' ? now.moved : now.restored} comments so far…`)
    await delay(pause)
    now = await instance.threadMove(move.id)
  }
  return now
}

const counted = (thread: CheckedMove['thread']) => several(thread?.count ?? 0, 'shown comment')

/** Whose pinned comments are pinned no longer. */
const lostPins = (unpinned: CheckedMove['unpinned']) =>
  unpinned.length === 0
    ? ''
    : `; no longer pinned: ${several(unpinned.length, 'comment')}, by ${unpinned.map(({ name }) => name).join(', ')}`

/** What a move comes to, in a line. */
function outcomeOf({ from, to, outcome, thread, other, unpinned }: CheckedMove): string {
  const way = `${readableKey(from)} -> ${readableKey(other?.key ?? to)}`
  switch (outcome) {
    case 'move':
      return `${way}: moves with ${counted(thread)}`
    case 'merge':
      return `${way}: goes into the thread there, which has ${other?.count ?? 0}, with ${counted(thread)}${lostPins(unpinned)}`
    case 'same':
      return `${way}: is there already`
    case 'none':
      return `${way}: no thread has the first key`
  }
}

const lineOf = ({ id, from, to, merged, state, by, at, undoable }: ThreadMove) =>
  `${at.slice(0, 16).replace('T', ' ')} ${readableKey(from)} -> ${readableKey(to)}${merged ? ' (merged)' : ''}, by ${by}: ${state}` +
  (undoable ? `; undo with page undo ${id}` : '')
