import { isBucket } from './backup/place.ts'
import { importFile } from './importFile.ts'
import type { Choices } from './importOptions.ts'
import type { Operator } from './operator.ts'
import { isExport, restore } from './restore.ts'

/**
 * Takes a file in: an export of ours, which may lie in a bucket, as it was, and one of another system as an import.
 *
 * @returns what there is to say at the end
 * @throws Refusal
 */
export async function importFrom(instance: Operator, file: string, choices: Choices): Promise<string> {
  if (isBucket(file))
    return (await import('./backup/bucketBackups.ts')).withCopy(file, (copy) => restore(instance, copy))
  return (await isExport(file)) ? restore(instance, file) : importFile(instance, file, choices)
}
