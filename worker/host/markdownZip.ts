import type { FileHandle } from 'node:fs/promises'
import { TextReader, ZipWriter } from '@zip.js/zip.js'

/** A file of an archive. */
interface ZippedFile {
  name: string
  text: string
}

/**
 * The threads of an export as Markdown, a file each. Only a line that begins a thread begins with `# `: see
 * `exporters/markdown.ts`.
 *
 * @returns what the texts say at their end
 */
export async function* filesOf(texts: AsyncGenerator<string, string>): AsyncGenerator<ZippedFile, string> {
  let [left, number] = ['', 0]
  const file = (text: string): ZippedFile => ({ name: nameOf(text, ++number), text: `${text.trimEnd()}\n` })
  for (;;) {
    const { value, done } = await texts.next()
    if (done) {
      if (left !== '') yield file(left)
      return value
    }
    const threads = (left + value).split(/^(?=# )/m)
    left = threads.pop() ?? ''
    for (const text of threads) if (text !== '') yield file(text)
  }
}

/** A name that every system takes: the thread's place, and what of its title can stand in one. */
function nameOf(text: string, number: number): string {
  const title = text.slice(2, text.indexOf('\n'))
  const words = title.match(/[\p{L}\p{M}\p{N}]+/gu)?.join('-') ?? ''
  return `${String(number).padStart(4, '0')}${words && '-'}${[...words].slice(0, 60).join('')}.md`
}

/** Writes files into a ZIP archive. @returns what they say at their end */
export async function zipped(file: FileHandle, files: AsyncGenerator<ZippedFile, string>): Promise<string> {
  const writer = new ZipWriter(
    new WritableStream<Uint8Array>({ write: async (bytes) => void (await file.writeFile(bytes)) }),
  )
  for (;;) {
    const { value, done } = await files.next()
    if (done) {
      await writer.close()
      return value
    }
    await writer.add(value.name, new TextReader(value.text))
  }
}
