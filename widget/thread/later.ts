import type { Loadable } from './model/loadable.ts'
import type { Model } from './model/model.ts'

/** Where the build puts what is loaded later, below the folder of this script; it is named after what is in it. */
declare const laterFolder: string

/** Besides what threads load: what their embedder needs, and what goes on with a thread that came with its page. */
interface Later extends Loadable<Model> {
  watch: typeof import('./later/watch.ts')
  served: typeof import('./later/served.ts')
  staff: typeof import('./later/staff/staff.tsx')
  counts: typeof import('./later/counts.ts')
  embedder: typeof import('./later/embedder.ts')
}

/**
 * Loads what is not in the first script. This is the one place that does so. Browsers remember a module that they
 * could not load; under another address they ask for it again.
 *
 * @throws where it cannot be had now
 */
export function loadLater<Name extends keyof Later>(name: Name): Promise<Later[Name]> {
  const address = `./${laterFolder}/${name}.js`
  return import(/* @vite-ignore */ address).catch(() => import(/* @vite-ignore */ `${address}?${Date.now()}`))
}

/** Has threads and badges follow what becomes of the page, if that can be loaded. Doing so twice is harmless. */
export const watchPage = (host: string): Promise<void> =>
  loadLater('watch')
    .then((watch) => watch.watchPage(host, loadLater))
    .catch(() => {})
