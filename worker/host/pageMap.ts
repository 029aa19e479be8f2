import { readFile } from 'node:fs/promises'
import { pageMapping, readPageRules } from '../importers/plan/pageRules.ts'
import type { Operator } from './operator.ts'
import { Refusal, sentence } from './terminal.ts'

/** Where the thread of a page goes. */
export interface Pair {
  from: string
  to: string
}

/** The moves that a file comes to: of a prefix, those of all threads below it. @throws Refusal where it cannot be read */
export async function pairsIn(instance: Operator, site: string, file: string): Promise<Pair[]> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new Refusal(`${file} cannot be read: ${sentence(error)}`)
  })
  const { rules, flaws } = readPageRules(text)
  const [flaw] = flaws
  if (flaw) throw new Refusal(`${file}, line ${flaw.line}: ${flaw.message}`)
  const left = rules.find(({ to }) => to === '')
  if (left) throw new Refusal(`${file}: "${left.from}" goes nowhere. A page that moves needs a place.`)
  const whereTo = pageMapping(rules)
  const goesOn = pageMapping(rules.filter(({ from }) => !from.endsWith('*')))
  const keys = (await threadsOf(instance, site)).map(({ key }) => key)
  return keys.flatMap((from) => {
    const to = endOf(whereTo(from), goesOn, file)
    return to === from ? [] : [{ from, to }]
  })
}

/**
 * Where a page ends that moved, and moved on: prefixes are followed once, since `/* -> /blog/*` has no end.
 *
 * @throws Refusal where it goes in a circle
 */
function endOf(page: string, goesOn: (page: string) => string, file: string): string {
  const passed = [page]
  for (let [at, next] = [page, goesOn(page)]; next !== at; [at, next] = [next, goesOn(next)]) {
    if (passed.includes(next))
      throw new Refusal(`${file}: ${[...passed, next].join(' -> ')} goes in a circle. Where is the page now?`)
    passed.push(next)
  }
  return passed.at(-1) as string
}

type Listed = Awaited<ReturnType<Operator['threads']>>

/** All threads of a site. */
export async function threadsOf(instance: Operator, site: string): Promise<Listed['items']> {
  const threads: Listed['items'] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { items, next }: Listed = await instance.threads(site, cursor)
    threads.push(...items)
    cursor = next
  }
  return threads
}
