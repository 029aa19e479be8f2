import { mostChecked } from '../../contract/importChecks.ts'
import { unsigned } from './columns.ts'
import { insideOf } from './filePlan.ts'
import type { CheckPlan } from './plan.ts'

/**
 * Asks a site what it has already of a plan: fills `known`, `there` and `willShow` of its survey.
 *
 * @throws NotReceived
 */
export const checkPlan: CheckPlan = async (plan, receiver, { signal, onProgress } = {}) => {
  const { tree, book, options, survey } = insideOf(plan)
  const site = options.site.id
  const pages = plan.pages()
  const fresh = unsigned()
  const total = survey.comments + pages.length
  let [checked, known] = [0, 0]

  for (let number = 0; number < tree.size; ) {
    signal?.throwIfAborted()
    const some = new Map<string, number>()
    for (; number < tree.size && some.size < mostChecked; number++)
      if (tree.isBrought(number)) some.set(tree.id(number), number)
    if (some.size === 0) break
    const answer = await receiver.check({ site, ids: [...some.keys()], keys: [] })
    for (const id of answer.known) {
      const here = some.get(id)
      if (here === undefined) continue
      tree.markKnown(here)
      some.delete(id)
      known++
      checked++
    }
    for (const one of some.values())
      if (tree.isApproved(one)) fresh.set(tree.page(one), fresh.at(tree.page(one)) + 1)
    checked += some.size
    onProgress?.({ checked, total })
  }

  for (let from = 0; from < pages.length; from += mostChecked) {
    signal?.throwIfAborted()
    const some = pages.slice(from, from + mostChecked)
    const { threads } = await receiver.check({ site, ids: [], keys: some.map(({ key }) => key) })
    const counts = new Map(threads.map(({ key, count }) => [key, count]))
    for (const page of some) {
      page.there = counts.get(page.key) ?? 0
      page.willShow = page.there + fresh.at(book.number(page.key))
    }
    checked += some.length
    onProgress?.({ checked, total })
  }
  survey.known = known
}
