// Words and styles come first: all that is not code, side by side, compresses better.
import './model/words.ts'
import './view/thread.css?inline'
import { define } from './element.tsx'

const host = new URL(import.meta.url).origin
// In a task of its own: a slow phone is busy enough with this one.
setTimeout(() => define(host))
const count = () => {
  if (document.querySelector('[data-hankyo-count]'))
    import('./later/counts.ts').then(({ fillCounts }) => fillCounts(host)).catch(() => {})
}
// An async script may come before the page is all there.
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', count)
else count()
