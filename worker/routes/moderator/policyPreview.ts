import { type Ctx, siteOf } from '../../access/identity.ts'
import { limits } from '../../contract/limits.ts'
import { policyProposal } from '../../contract/policyPreview.ts'
import { wordLists as lists, type WordList } from '../../contract/wordLists.ts'
import { parseJson, readText } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { policyPreview } from '../../queries/policyPreview.ts'
import { entriesIn } from '../owner/wordLists.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/sites/:site/policy-preview`: what proposed settings would have done to what people decided. */
export async function postPolicyPreview(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  const proposal = parse(policyProposal, parseJson(await readText(c.req.raw, limits.listRequest)))
  return c.json(
    await policyPreview(worldOf(c, site.id), {
      ...proposal,
      site,
      lists: listsIn(proposal.lists ?? {}),
      cursor: proposal.cursor ?? null,
    }),
  )
}

const listsIn = (proposed: Partial<Record<WordList, string[]>>) =>
  Object.fromEntries(
    lists.flatMap((list) => {
      const texts = proposed[list]
      return texts ? [[list, entriesIn(list, texts, `lists.${list}`)]] : []
    }),
  )
