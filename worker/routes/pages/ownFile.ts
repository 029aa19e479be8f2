import type { Ctx } from '../../access/identity.ts'
import { authorText, cutText } from '../../exporters/authorText.ts'
import { messagePageHeaders } from '../../http/headers.ts'
import { type OwnExport, ownExport } from '../../queries/ownExport.ts'
import type { OwnPerson } from '../../queries/ownPerson.ts'
import { worldOf } from '../world.ts'

/** Sends what is kept of an address as a file, while it is read. One that does not have everything says so first. */
export async function sendOwnFile(
  c: Ctx,
  person: OwnPerson,
  { form, lang }: { form: 'readable' | 'json'; lang: string },
): Promise<Response> {
  const file = await ownExport(worldOf(c), person)
  const texts = form === 'json' ? jsonOf(file) : readable(file, lang)
  for (const [name, value] of Object.entries(messagePageHeaders)) c.header(name, value)
  c.header('content-type', form === 'json' ? 'application/json' : 'text/markdown; charset=utf-8')
  c.header('content-disposition', `attachment; filename="my-comments.${form === 'json' ? 'json' : 'md'}"`)
  return c.body(streamOf(texts) as never)
}

async function* readable({ isWhole, parts }: OwnExport, locale: string): AsyncGenerator<string> {
  if (!isWhole) yield cutText(locale)
  for await (const { part, isFirst } of parts) yield authorText(part, { locale, isFirst, now: Date.now() })
}

async function* jsonOf({ isWhole, parts }: OwnExport): AsyncGenerator<string> {
  let isFirst = true
  yield `{"complete":${isWhole},"parts":[`
  for await (const { part } of parts) {
    yield `${isFirst ? '' : ',\n'}${JSON.stringify(part)}`
    isFirst = false
  }
  yield ']}\n'
}

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
