import { createHash, randomUUID } from 'node:crypto'
import type { QueuePage } from '../../worker/contract/queue.ts'
import { expect, Product, test, unscreened } from './fixtures.ts'

/** What a client knows of a comment it sent. */
interface Entry {
  id: string
  sha256: string
  acknowledged: boolean
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const pieces = [
  '反響',
  '👩🏽‍🚀',
  'naïve',
  '\u0000',
  '"\\',
  '<b>',
  '\r\n',
  '\u202e',
  'ﷺ',
  '\t',
  'x'.repeat(500),
]

test.describe('A server that is killed again and again', () => {
  // The sweep takes up what is left minute by minute, and a busy machine starts a killed server slowly.
  test.setTimeout(360_000)

  test('has every acknowledged comment exactly once, byte for byte, and gives each a verdict', async () => {
    const product = await Product.start({ flags: ['--no-rate-limit', '--no-demo'] })
    const origin = 'http://localhost:4000'
    await product.api('POST', 'sites', {
      id: 'loss',
      name: 'Loss',
      origins: [origin],
      policy: 'postmoderate',
    })
    const ledger: Entry[] = []
    let failures = 0
    let acknowledgedAgain = 0

    /** Sends a comment until it is acknowledged, as the widget's outbox does. */
    const deliver = async (index: number) => {
      const body = `${index} ${pieces.map((piece, at) => ((index >> (at % 8)) & 1 ? piece : '·')).join('')} ${index}`
      const entry = { id: randomUUID(), sha256: sha256(body), acknowledged: false }
      ledger.push(entry)
      const request = JSON.stringify({
        id: entry.id,
        key: `/post-${index % 7}`,
        url: `${origin}/post-${index % 7}`,
        title: 'Loss',
        author: { name: `Author ${index}` },
        body,
        elapsedMs: 9000,
      })
      for (let attempt = 0; attempt < 400 && !entry.acknowledged; attempt++) {
        try {
          const answer = await fetch(`${product.url}/v1/sites/loss/comments`, {
            method: 'POST',
            headers: { origin, 'content-type': 'application/json' },
            body: request,
          })
          await answer.text()
          if (answer.status === 200) acknowledgedAgain++
          entry.acknowledged = answer.status === 202 || answer.status === 200
          if (!entry.acknowledged) failures++
        } catch {
          failures++
        }
        if (!entry.acknowledged) await product.restarted()
      }
    }

    let sent = 0
    const client = async () => {
      while (sent < 300) await deliver(sent++)
    }
    const killer = async () => {
      for (let kills = 0; kills < 6; kills++) {
        const next = ledger.filter(({ acknowledged }) => acknowledged).length + 30 + 7 * kills
        await expect
          .poll(() => ledger.filter(({ acknowledged }) => acknowledged).length, {
            intervals: [5],
            timeout: 60_000,
          })
          .toBeGreaterThanOrEqual(Math.min(next, 290))
        await product.kill()
        await product.restart()
      }
    }
    await Promise.all([killer(), ...Array.from({ length: 8 }, client)])
    expect(ledger.every(({ acknowledged }) => acknowledged)).toBe(true)
    expect(failures).toBeGreaterThan(0)

    await product.kill()
    await product.restart()
    const stored = async () => {
      const items: QueuePage['items'] = []
      let cursor = ''
      do {
        const page = (await (
          await product.api('GET', `queue?tab=all&limit=100${cursor && `&cursor=${cursor}`}`)
        ).json()) as QueuePage
        items.push(...page.items)
        cursor = page.next ?? ''
      } while (cursor)
      return items
    }
    await expect.poll(() => unscreened(product), { timeout: 240_000 }).toBe(0)
    const found = await stored()
    expect(found.filter(({ verdict }) => verdict === null)).toEqual([])
    const byId = (items: { id: string; sha256: string }[]) =>
      items.map(({ id, sha256 }) => `${id} ${sha256}`).toSorted()
    expect(byId(found.map(({ id, body }) => ({ id, sha256: sha256(body) })))).toEqual(byId(ledger))
    test.info().annotations.push({
      type: 'loss',
      description: `${failures} failed requests, ${acknowledgedAgain} acknowledged by a repeat`,
    })
    await product.dispose()
  })
})
