// Styles come first: what is no code compresses better by itself.
import './view/thread.css?inline'
import { define } from './element.tsx'
import { watchPage } from './later.ts'

const host = import.meta.url.split('/embed.js')[0] as string
// In a task of its own: a slow phone is busy enough with this one.
setTimeout(() => define(host))
if (document.querySelector('[data-hankyo-count]')) watchPage(host)
// What is near by now has been asked for.
setTimeout(watchPage, 1000, host)
