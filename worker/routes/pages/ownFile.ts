import type { Ctx } from '../../access/identity.ts'
import type { AuthorExport } from '../../contract/authorExport.ts'
import { authorText } from '../../exporters/authorText.ts'
import { messagePageHeaders } from '../../http/headers.ts'
import { ownExport } from '../../queries/ownExport.ts'
import type { OwnPerson } from '../../queries/ownPerson.ts'
import { worldOf } from '../world.ts'

/** Sends what is kept of an address as a file, while it is read. */
export function sendOwnFile(
  c: Ctx,
  person: OwnPerson,
  { form, lang }: { form: 'readable' | 'json'; lang: string },
): Response {
  const parts = ownExport(worldOf(c), person)
  const texts = form === 'json' ? jsonOf(parts) : readable(parts, lang)
  for (const [name, value] of Object.entries(messagePageHeaders)) c.header(name, value)
  c.header('content-type', form === 'json' ? 'application/json' : 'text/markdown; charset=utf-8')
  c.header('content-disposition', `attachment; filename="my-comments.${form === 'json' ? 'json' : 'md'}"`)
  return c.body(streamOf(texts) as never)
}

type Parts = ReturnType<typeof ownExport>

async function* readable(parts: Parts, locale: string): AsyncGenerator<string> {
  for await (const { part, isFirst } of parts) yield authorText(part, { locale, isFirst, now: Date.now() })
}

async function* jsonOf(parts: Parts): AsyncGenerator<string> {
  let isFirst = true
  yield '{"parts":['
  for await (const { part } of parts) {
    yield `${isFirst ? '' : ',\n'}${JSON.stringify(theirs(part))}`
    isFirst = false
  }
  yield ']}\n'
}

/** What concerns its author alone, and nothing that staff thinks of them. */
const theirs = ({ author: { id, site, name, firstSeen }, flags, subscriptions, items }: AuthorExport) => ({
  ...{ author: { id, site, name, firstSeen }, flags, subscriptions, items },
})

function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await texts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
  })
}
