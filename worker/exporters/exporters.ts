import { csv } from './csv.ts'
import { disqus } from './disqus.ts'
import type { Exporter } from './exporter.ts'
import { markdown } from './markdown.ts'
import { wxr } from './wxr.ts'

/** All forms in which a site's comments leave for other systems. */
export const exporters: Exporter[] = [wxr, disqus, csv, markdown]
