import type { Entry } from '../../../../worker/importers/entry.ts'
import type { FolderImporter, Importer } from '../../../../worker/importers/importer.ts'
import { openFile } from '../../../../worker/importers/opening/open.ts'

/** An entry that has what a file's text is. */
function textEntry(address: string, body: string): Entry {
  return {
    kind: 'comment',
    id: null,
    parentId: null,
    page: { address, title: '' },
    author: { name: '', email: null, url: null, identity: null, isStaff: false },
    body,
    form: 'text',
    createdAt: 0,
    editedAt: null,
    status: 'approved',
    decided: false,
    likes: 0,
    pinned: false,
    line: 1,
  }
}

async function whole(pieces: AsyncIterable<string>) {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

/** Formats that give a file's text as it was read: one a file, and one a folder of `.yml`. */
const plain: Importer = {
  format: 'wxr',
  detect: (head) => head.includes('PLAIN'),
  async *read(text, { file }) {
    const body = await whole(text)
    // Each pass reads the same.
    yield textEntry(file, (await whole(text)) === body ? body : 'another text')
  },
}

const folder: FolderImporter = {
  format: 'staticman',
  detectFile: (path) => path.endsWith('.yml'),
  async *readFiles(files) {
    for await (const { path, text } of files) yield textEntry(path, await whole(text))
  },
}

/** A blob of bytes or text. */
export const blobOf = (...parts: (Uint8Array | string)[]) => new Blob(parts as Uint8Array<ArrayBuffer>[])

/** Opens a file and reads it twice: its texts by path, what is broken, and what was said of it. */
export async function opened(blob: Blob, name = 'export.txt') {
  const file = await openFile(blob, name, undefined, [plain, folder])
  const once = async () => {
    const texts: Record<string, string> = {}
    const broken: { line: number; message: string }[] = []
    for await (const entry of file.entries({ file: name, pings: false, origin: '' })) {
      if (entry.kind === 'comment') texts[entry.page.address] = entry.body
      if (entry.kind === 'broken') broken.push({ line: entry.line, message: entry.message })
    }
    return { texts, broken }
  }
  const first = await once()
  const again = await once()
  return { ...first, again, format: file.format, warnings: file.warnings }
}

/** What opening a file is refused with. */
export const refusalOf = (blob: Blob, name?: string) =>
  opened(blob, name).then(
    () => null,
    (error: { code?: string; message: string }) => ({ code: error.code, message: error.message }),
  )
