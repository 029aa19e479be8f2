import { readFile } from 'node:fs/promises'
import { type SignInConfig, signInConfigOf } from '../contract/signInConfig.ts'
import { isAskable, type Reach } from '../outside/exchange.ts'
import { Refusal } from './terminal.ts'

/**
 * How people may sign in besides by links and passkeys: the text of a file, which holds secrets, or '' where there is none.
 *
 * @param must whether it has to be there
 * @throws Refusal that says what is wrong with it
 */
export async function signInFile(
  file: string,
  { must, reach }: { must: boolean; reach: Reach },
): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !must) return ''
    throw new Refusal(`Cannot read ${file}: ${error.message}`)
  })
  if (text === '') return ''
  const found = signInConfigOf(text)
  if ('wrong' in found) throw new Refusal(`${file}${found.wrong}. /docs/hosting says what it takes.`)
  const far = issuersOf(found.config).find((issuer) => !isAskable(issuer, reach))
  if (far)
    throw new Refusal(
      `${file}: ${far} is not at https, the usual port and an address of the internet. To ask it anyway, start with --allow-private-hosts (on Workers: ALLOW_PRIVATE_HOSTS).`,
    )
  return text
}

const issuersOf = ({ providers, access }: SignInConfig) => [
  ...providers.map(({ issuer }) => issuer),
  ...(access ? [access.issuer] : []),
]
