import { parentPort } from 'node:worker_threads'
import { serve } from '../../../../widget/dashboard/imports/reading/serve.ts'

// What `reader.ts` is in a browser.
serve({
  send: (message) => parentPort?.postMessage(message),
  onMessage: (take) => parentPort?.on('message', take),
})
