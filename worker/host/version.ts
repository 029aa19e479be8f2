import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './paths.ts'

/** The version of this program. */
export const version = async (): Promise<string> =>
  JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version
