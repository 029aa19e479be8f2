import { stat } from 'node:fs/promises'
import { databaseFiles } from './inventory.ts'
import { run } from './sqlite.ts'

/** What goes wrong with the databases while they are served. */
export interface Watch {
  /** What is wrong, in words; null where nothing is known. It looks at the files' names. */
  trouble(): Promise<string | null>
  end(): void
}

/**
 * Watches the databases of a folder that is being served: that none is removed or replaced under the server, whose
 * comments would go to a file without a name; and that large ones are whole.
 *
 * @param large what `inspect` left to be checked
 * @param say is told of trouble, once
 */
export async function watch(
  data: string,
  large: string[],
  say: (level: string, message: string) => void,
): Promise<Watch> {
  const files = await databaseFiles(data)
  const identity = (file: string) =>
    stat(file).then(
      ({ dev, ino }) => `${dev}:${ino}`,
      () => 'gone',
    )
  const served = await Promise.all(files.map(identity))
  let known: string | null = null
  const found = (trouble: string) => {
    if (!known) say('error', trouble)
    known ??= trouble
  }

  const check = run('check', large)
  check.answer.then(
    (answers) => {
      const at = answers.findIndex((damage) => damage !== null)
      if (at >= 0)
        found(
          `The database ${large[at]} is damaged: ${answers[at]}. Nothing new is taken. Put back a backup.`,
        )
    },
    // It was ended.
    () => {},
  )
  return {
    async trouble() {
      if (known) return known
      const now = await Promise.all(files.map(identity))
      const at = now.findIndex((id, at) => id !== served[at])
      if (at >= 0)
        found(
          `The database ${files[at]} was ${now[at] === 'gone' ? 'removed' : 'replaced'} under the server. Nothing new is taken. Stop the server, put the file back, and start again.`,
        )
      return known
    },
    end: () => check.end(),
  }
}
