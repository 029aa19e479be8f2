import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isPublicHost } from '../contract/publicHost.ts'
import { type SignInConfig, signInConfigOf } from '../contract/signInConfig.ts'
import { made } from './paths.ts'
import { Refusal } from './terminal.ts'

/**
 * How people may sign in besides by links and passkeys: the text of a file, which holds secrets, or '' where there is none.
 *
 * @param must whether it has to be there
 * @param arePrivate whether services on this machine and in its network may be asked
 * @throws Refusal that says what is wrong with it
 */
export async function signInFile(
  file: string,
  { must, arePrivate }: { must: boolean; arePrivate: boolean },
): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !must) return ''
    throw new Refusal(`Cannot read ${file}: ${error.message}`)
  })
  if (text === '') return ''
  const found = signInConfigOf(text)
  if ('wrong' in found) throw new Refusal(`${file}${found.wrong}. /docs/hosting says what it takes.`)
  const far = issuersOf(found.config).find((issuer) => !isUsual(issuer))
  if (far && !arePrivate)
    throw new Refusal(
      `${file}: ${far} is not at https, the usual port and an address of the internet. To ask it anyway, start with --allow-private-hosts (on Workers: ALLOW_PRIVATE_HOSTS).`,
    )
  return text
}

/**
 * The secret of a deployed worker that says so, where this machine knows; else the worker keeps what it has.
 *
 * @param vars the variables of the worker
 */
export async function signInSecret(vars: Record<string, unknown> = {}): Promise<{ SIGN_IN?: string }> {
  const arePrivate = vars.ALLOW_PRIVATE_HOSTS === 'on'
  const text = await signInFile(join(made, 'sign-in.json'), { must: false, arePrivate })
  return text ? { SIGN_IN: text } : {}
}

function isUsual(address: string): boolean {
  const { protocol, hostname, port } = new URL(address)
  return protocol === 'https:' && port === '' && isPublicHost(hostname)
}

const issuersOf = ({ providers, access }: SignInConfig) => [
  ...providers.map(({ issuer }) => issuer),
  ...(access ? [access.issuer] : []),
]
