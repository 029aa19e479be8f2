import { fillCounts } from './counts.ts'
import { define } from './element.tsx'

const host = new URL(import.meta.url).origin
define(host)
fillCounts(host).catch(() => {})
