// Styles come first: what is no code compresses better by itself.
import './view/thread.css?inline'
import { define } from './element.tsx'
import { loadLater } from './later.ts'

const host = new URL(import.meta.url).origin
// In a task of its own: a slow phone is busy enough with this one.
setTimeout(() => define(host))
const count = () => {
  if (document.querySelector('[data-hankyo-count]'))
    loadLater('counts')
      .then(({ fillCounts }) => fillCounts(host))
      .catch(() => {})
}
// An async script may come before the page is all there.
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', count)
else count()
