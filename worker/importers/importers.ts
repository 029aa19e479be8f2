import { artalk } from './formats/artalk.ts'
import { movableType } from './formats/movableType.ts'
import { twikoo } from './formats/twikoo.ts'
import { valine } from './formats/valine.ts'
import { waline } from './formats/waline.ts'
import type { AnyImporter } from './importer.ts'

/** All formats, in the order in which a file is tried: the first that knows it reads it. */
export const importers: AnyImporter[] = [waline, valine, twikoo, artalk, movableType]
