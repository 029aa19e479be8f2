import type { World } from '../commands/world.ts'
import { linkOver } from '../contract/deliveries.ts'
import type { MailTrouble } from '../contract/notifications.ts'
import { addressHash } from '../mail/addressHash.ts'
import { iso, mainDatabase } from '../store/database.ts'
import { lastFailures } from '../store/deliveries.ts'
import { blocksOf } from '../store/mailBlocks.ts'

/** Somebody of staff, and where they are written to. */
interface Written {
  id: string
  address: string
}

/** What keeps mail from people of staff, by their ids; who is not there has none. In one round trip to the database. */
export async function mailTroubles(
  { env }: Pick<World, 'env'>,
  people: Written[],
): Promise<Map<string, MailTrouble>> {
  if (people.length === 0) return new Map()
  const db = mainDatabase(env)
  const hashed = await Promise.all(
    people.map(async (one) => ({ ...one, hash: await addressHash(env, one.address) })),
  )
  const [blocks, failures] = await Promise.all([
    blocksOf(
      db,
      hashed.map(({ hash }) => hash),
    ),
    lastFailures(
      db,
      people.map(({ id }) => id),
    ),
  ])
  const known = new Map(blocks.map(({ addressHash, why, at }) => [addressHash, { why, since: iso(at) }]))
  const answers = new Map(failures.map(({ recipientId, failure }) => [recipientId, failure]))
  return new Map(
    hashed.flatMap(({ id, address, hash }) => {
      const block = known.get(hash)
      const said = answers.get(id) ?? null
      const answer = block?.why === 'refused' && said !== linkOver ? said : null
      return block ? [[id, { address, ...block, answer }] as const] : []
    }),
  )
}
