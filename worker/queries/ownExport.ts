import type { World } from '../commands/world.ts'
import type { AuthorExport } from '../contract/authorExport.ts'
import { authorExport } from './authorExport.ts'
import type { OwnPerson } from './ownPerson.ts'

/** Comments that are read together. */
const together = 500

/** What is kept of an address, without notes of staff and without what has another address: a part after the other. */
export async function* ownExport(
  world: World,
  { authors, addresses }: OwnPerson,
): AsyncGenerator<{ part: AuthorExport; isFirst: boolean }> {
  for (const { id } of authors) {
    let after: number | null = null
    do {
      const part: AuthorExport = await authorExport(world, { id, after, limit: together }, nobody)
      const isTheirs = ({ email }: AuthorExport['items'][number]) =>
        email === null || addresses.includes(email.toLowerCase())
      yield { part: { ...part, notes: [], items: part.items.filter(isTheirs) }, isFirst: after === null }
      after = part.next === null ? null : Number(part.next)
    } while (after !== null)
  }
}

const nobody = { id: '', scope: 'read', sites: [] } as const
