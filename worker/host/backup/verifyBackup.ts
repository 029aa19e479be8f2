import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manifestIn } from './archive.ts'
import type { Manifest } from './manifest.ts'
import { bringUpToDate, layOut, refuseNewer } from './proof.ts'
import { inWorkplace } from './workplace.ts'

/**
 * Restores a backup where it harms nobody, and proves it.
 *
 * @param opens whether it is also opened with this program, as a start would open it
 * @returns what it holds, and how many migrations a start would apply
 * @throws Refusal that names what is not as it was written
 */
export async function verifyBackup(
  file: string,
  { opens = true, place = tmpdir() } = {},
): Promise<{ manifest: Manifest; migrations: number }> {
  const manifest = await manifestIn(file)
  if (opens) await refuseNewer(manifest)
  return inWorkplace(place, async (folder) => {
    const data = join(folder, 'data')
    await mkdir(data)
    await layOut(file, manifest, data)
    return { manifest, migrations: opens ? (await bringUpToDate(data, manifest)).migrations : 0 }
  })
}
