import type { AnyImporter } from './importer.ts'

/** All formats, in the order in which a file is tried: the first that knows it reads it. */
export const importers: AnyImporter[] = []
