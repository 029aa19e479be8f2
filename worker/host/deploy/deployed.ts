import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { made } from '../paths.ts'

/** What this machine knows of the deployed instance. */
export interface Deployed {
  url?: string
  operatorKey?: string
  /** A key on its way up: noted first, so that a deployment that breaks off cannot make one that nobody has. */
  nextOperatorKey?: string
}

const file = join(made, 'deployed.json')

export const deployed = (): Promise<Deployed> => readFile(file, 'utf8').then(JSON.parse, () => ({}))

export const noteDeployed = (now: Deployed) => writeFile(file, JSON.stringify(now, null, 2), { mode: 0o600 })
