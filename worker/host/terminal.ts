/** A failure the user can mend: printed as its one sentence, without a stack. */
export class Refusal extends Error {}

/** Runs a script to its end: a `Refusal`, a bad flag or a fault becomes one line on stderr and exit code 1. */
export async function main(script: () => Promise<void>) {
  // What is written here is its owner's alone, workerd's files included.
  process.umask(0o077)
  try {
    await script()
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`)
    process.exit(1)
  }
}

/** What `main` says of an error: its message alone when the user caused it, else with its stack on demand. */
export function sentence(error: unknown) {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof Refusal) return error.message
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const [, option] = /^Option '(--[\w-]+).*argument is ambiguous/.exec(error.message) ?? []
  if (option)
    return `${option} takes a value; one that begins with "-" is written ${option}=VALUE. Try --help.`
  if (code.startsWith('ERR_PARSE_ARGS'))
    return (error.message.split(/[.\n]/)[0] ?? '').concat('. Try --help.')
  if (process.env.HANKYO_DEBUG) return error.stack ?? error.message
  return `${error.message.split('\n')[0]} (HANKYO_DEBUG=1 shows more)`
}

/** Progress and warnings go to stderr, so that stdout holds nothing but answers. */
export const note = (line: string) => process.stderr.write(`${line}\n`)
