import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { labelFlaws, missingWords, type Words, wordFlaws } from './wordFlaws.ts'

const root = join(import.meta.dirname, '..')

/** Tells what each language of the dashboard and of the letters lacks, and what is wrong with what it has. */
for (const folder of ['widget/dashboard/locales', 'worker/letters/words']) {
  const read = (file: string): Words => JSON.parse(readFileSync(join(root, folder, file), 'utf8'))
  const english = read('en.json')
  for (const file of readdirSync(join(root, folder))) {
    const language = file.replace('.json', '')
    const words = read(file)
    const told = [
      ...missingWords(words, english).map((path) => `${path}: is not there`),
      ...wordFlaws(language, words, english),
      ...labelFlaws(words),
    ]
    process.stdout.write(`${told.length ? '✗' : '✓'} ${folder} ${language}: ${told.length} to mend\n`)
    for (const one of told) process.stdout.write(`    ${one}\n`)
  }
}
