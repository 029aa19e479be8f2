import { expect, it } from 'vitest'
import { bytesOf } from '../../../../worker/importers/opening/bytes.ts'

it('reading is called off also where every piece of a file is there at once', async () => {
  const piece = new Uint8Array(1000)
  const stream = () => new ReadableStream({ pull: (controller) => controller.enqueue(piece) })
  const calledOff = new AbortController()
  setTimeout(() => calledOff.abort())
  let pieces = 0
  const reading = (async () => {
    for await (const _ of bytesOf({ size: 1e9, stream } as Blob, () => calledOff.signal.throwIfAborted())) {
      const begun = performance.now()
      while (performance.now() - begun < 10);
      if (++pieces === 100) break
    }
  })()
  await expect(reading).rejects.toThrow('aborted')
  expect(pieces).toBeLessThan(100)
})
