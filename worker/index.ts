import type { ExecutionContext, MessageBatch, ScheduledController } from '@cloudflare/workers-types'
import { Hono } from 'hono'
import type { World } from './commands/world.ts'
import type { Event } from './contract/events.ts'
import { type Env, requireConfigured } from './env.ts'
import { tellSubscribers } from './events/subscribers.ts'
import { defaults } from './http/headers.ts'
import { memory } from './http/isolateCache.ts'
import { atPublicUrl, redirect } from './http/publicUrl.ts'
import { Refusal } from './http/refusal.ts'
import { consume } from './jobs/consume.ts'
import { expire } from './jobs/expire.ts'
import { forgetFields } from './jobs/forgetFields.ts'
import { rollUp } from './jobs/rollUp.ts'
import { sweep } from './jobs/sweep.ts'
import { getAsset, getDashboard, getDocs, getEmbed } from './routes/pages/assets.ts'
import { getProviderReturn } from './routes/pages/providerReturn.ts'
import { refuse } from './routes/refuse.ts'
import { type App, serve } from './routes/serve.ts'
import { plainPages, routes } from './routes.ts'
import { everyDatabase, mainDatabase } from './store/database.ts'
import { purge } from './store/retention.ts'

const app: App = new Hono()

app.use(async (c, next) => {
  c.set('receivedAt', Date.now())
  for (const [name, value] of Object.entries(defaults)) c.header(name, value)
  requireConfigured(c.env)
  const happened: Event[] = []
  c.set('happened', happened)
  await next()
  if (happened.length > 0) tellSubscribers(happened, c.env, c.executionCtx)
})

serve(app, [...routes, ...plainPages])

app.get('/embed.js', getEmbed)
app.get('/', (c) => redirect(c, '/docs/embed', 302))
app.get('/docs/:page?', getDocs)
app.get('/docs/', getDocs)
app.get('/dashboard', getDashboard)
app.get('/dashboard/sign-in/:provider', getProviderReturn)
app.get('/dashboard/', (c) => redirect(c, '/dashboard', 308))
app.all('/v1/*', (c) => c.notFound())
app.all('/t/*', (c) => c.notFound())
app.all('/m/*', (c) => c.notFound())
app.all('/p/*', (c) => c.notFound())
app.all('/s/*', (c) => c.notFound())
app.get('*', getAsset)

app.notFound((c) => refuse(c, new Refusal('not_found')))
app.onError((error, c) => refuse(c, error))

/** Out of memory what many ask for. Whatever failed on the way may have been written without a word of it. */
async function answer(asked: Request, env: Env, context: ExecutionContext): Promise<Response> {
  const request = atPublicUrl(asked, env)
  if (request.method === 'GET') return memory.recall(request, Date.now()) ?? app.fetch(request, env, context)
  const response = await app.fetch(request, env, context)
  if (response.status >= 500) memory.empty()
  return response
}

/** What jobs and the cron work with. */
const worldOf = (env: Env, context: ExecutionContext, now: number): World => ({
  env,
  db: mainDatabase(env),
  now,
  defer: (work) => context.waitUntil(work),
  happened: [],
})

export default {
  fetch: answer,

  async queue(batch: MessageBatch<unknown>, env: Env, context: ExecutionContext): Promise<void> {
    requireConfigured(env)
    const world = worldOf(env, context, Date.now())
    await consume(batch, world)
    tellSubscribers(world.happened, env, context)
  },

  async scheduled(controller: ScheduledController, env: Env, context: ExecutionContext): Promise<void> {
    requireConfigured(env)
    const world = worldOf(env, context, controller.scheduledTime)
    for (const db of everyDatabase(env)) {
      await sweep({ ...world, db })
      await purge(db, controller.scheduledTime)
      if (!(await forgetFields({ ...world, db }))) await expire({ ...world, db })
      await rollUp({ ...world, db })
    }
    tellSubscribers(world.happened, env, context)
  },
}
