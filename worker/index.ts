import type { ExecutionContext, MessageBatch, ScheduledController } from '@cloudflare/workers-types'
import { Hono } from 'hono'
import { type Env, requireSecrets } from './env.ts'
import { purge as purgeEdge } from './http/edgeCache.ts'
import { defaults } from './http/headers.ts'
import { memory } from './http/isolateCache.ts'
import { Refusal } from './http/refusal.ts'
import { consume, sweep } from './jobs/screen.ts'
import { getAsset, getDashboard, getDocs, getEmbed } from './routes/pages/assets.ts'
import { refuse } from './routes/refuse.ts'
import { type App, serve } from './routes/serve.ts'
import { plainPages, routes } from './routes.ts'
import { databaseOf } from './store/database.ts'
import { purge } from './store/retention.ts'

const app: App = new Hono()

app.use(async (c, next) => {
  c.set('receivedAt', Date.now())
  for (const [name, value] of Object.entries(defaults)) c.header(name, value)
  requireSecrets(c.env)
  await next()
})

serve(app, [...routes, ...plainPages])

app.get('/embed.js', getEmbed)
app.get('/', (c) => c.redirect('/docs/embed', 302))
app.get('/docs/:page?', getDocs)
app.get('/docs/', getDocs)
app.get('/dashboard', getDashboard)
app.get('/dashboard/', (c) => c.redirect('/dashboard', 308))
app.all('/v1/*', (c) => c.notFound())
app.all('/t/*', (c) => c.notFound())
app.get('*', getAsset)

app.notFound((c) => refuse(c, new Refusal('not_found')))
app.onError((error, c) => refuse(c, error))

/** Whether a request may have changed something: not where it was refused. */
function mayHaveWritten({ method }: Request, { status }: Response): boolean {
  return method !== 'HEAD' && method !== 'OPTIONS' && (status < 400 || status >= 500)
}

/** Out of memory what many ask for; forgets it where something may have been written. */
async function answer(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
  if (request.method === 'GET') return memory.recall(request, Date.now()) ?? app.fetch(request, env, context)
  const response = await app.fetch(request, env, context)
  if (mayHaveWritten(request, response)) memory.empty()
  return response
}

export default {
  fetch: answer,

  async queue(batch: MessageBatch<unknown>, env: Env, context: ExecutionContext): Promise<void> {
    requireSecrets(env)
    const changed = await consume(batch, env)
    memory.empty()
    purgeEdge(env, context, changed)
  },

  async scheduled(controller: ScheduledController, env: Env, context: ExecutionContext): Promise<void> {
    requireSecrets(env)
    await sweep(env, controller.scheduledTime)
    await purge(databaseOf(env), controller.scheduledTime)
    memory.empty()
    purgeEdge(env, context, [])
  },
}
