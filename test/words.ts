import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { dashboardWords, missingWords, wordFlaws } from './wordFlaws.ts'

/** Tells what each language of the dashboard lacks, and what is wrong with what it has. */
const english = dashboardWords('en')
for (const file of readdirSync(join(import.meta.dirname, '../widget/dashboard/locales'))) {
  const language = file.replace('.json', '')
  const words = dashboardWords(language)
  const told = [
    ...missingWords(words, english).map((path) => `${path}: is not there`),
    ...wordFlaws(language, words, english),
  ]
  process.stdout.write(`${told.length ? '✗' : '✓'} ${language}: ${told.length} to mend\n`)
  for (const one of told) process.stdout.write(`    ${one}\n`)
}
