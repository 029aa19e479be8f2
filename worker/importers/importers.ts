import { artalk } from './formats/artalk.ts'
import { blogger } from './formats/blogger.ts'
import { comentario } from './formats/comentario.ts'
import { commento } from './formats/commento.ts'
import { coral } from './formats/coral.ts'
import { cusdis } from './formats/cusdis.ts'
import { disqus } from './formats/disqus.ts'
import { giscus } from './formats/giscus.ts'
import { isso } from './formats/isso.ts'
import { movableType } from './formats/movableType.ts'
import { remark42 } from './formats/remark42.ts'
import { staticman } from './formats/staticman.ts'
import { twikoo } from './formats/twikoo.ts'
import { utterances } from './formats/utterances.ts'
import { valine } from './formats/valine.ts'
import { waline } from './formats/waline.ts'
import { wxr } from './formats/wxr.ts'
import type { AnyImporter } from './importer.ts'

/** All formats, in the order in which a file is tried: the first that knows it reads it. */
export const importers: AnyImporter[] = [
  wxr,
  disqus,
  blogger,
  waline,
  valine,
  twikoo,
  artalk,
  remark42,
  commento,
  comentario,
  cusdis,
  coral,
  giscus,
  utterances,
  movableType,
  isso,
  staticman,
]
