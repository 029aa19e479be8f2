import { serve } from './serve.ts'

// It runs apart from the page, so that this stays quick whatever a file holds.
serve({
  send: (message) => postMessage(message),
  onMessage(take) {
    addEventListener('message', ({ data }) => take(data))
  },
})
