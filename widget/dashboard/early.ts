import { firstLanguage } from './core/kept.ts'
import { wordFile } from './core/wordFiles.ts'

/** Runs while the desk's own script is still on its way: the first words come beside it, not after it. */
wordFile(firstLanguage(), 'desk').catch(() => {})
