import { Window } from 'happy-dom'
import type { Environment } from 'vitest/runtime'

/**
 * A window of happy-dom for each test file. Vitest's own environment of that name has the window print every answer that
 * is an error, with a stack where there is none; here that stays in the window's console, where nobody looks. What
 * the tests and the widget say themselves is printed: Vitest gives them its console.
 */
export default {
  name: 'window',
  viteEnvironment: 'client',
  setupVM() {
    const window = new Window({
      url: 'http://localhost:3000',
      // An error in a listener fails the run.
      settings: { disableErrorCapturing: true },
    })
    Object.assign(window, { Buffer, structuredClone })
    return {
      getVmContext: () => window,
      async teardown() {
        await window.happyDOM.abort()
        window.close()
      },
    }
  },
  setup() {
    throw new Error('A window is for files that have globals of their own: pool "vmThreads".')
  },
} satisfies Environment
