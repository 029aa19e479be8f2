import type { ExecutionContext, MessageBatch, ScheduledController } from '@cloudflare/workers-types'
import { Hono } from 'hono'
import { type Ctx, operatorOnly, siteOf, staffOnly } from './access/identity.ts'
import type { World } from './commands/world.ts'
import type { Event } from './contract/events.ts'
import { isRegistered } from './contract/origin.ts'
import { type Env, requireSecrets } from './env.ts'
import { tellSubscribers } from './events/subscribers.ts'
import { defaults } from './http/headers.ts'
import { memory } from './http/isolateCache.ts'
import { Refusal } from './http/refusal.ts'
import { consume } from './jobs/consume.ts'
import { sweep } from './jobs/sweep.ts'
import { refusePlainly } from './pages/refusalPage.ts'
import { postAppeal } from './routes/author/appeals.ts'
import { postChallenge } from './routes/author/challenges.ts'
import { postComment } from './routes/author/comments.ts'
import { deleteOwnComment, getOwnComment, patchOwnComment } from './routes/author/ownComment.ts'
import { getAuditLog } from './routes/moderator/auditLog.ts'
import { deleteBan, getBans, postBan } from './routes/moderator/bans.ts'
import { deleteDecision, postDecisions } from './routes/moderator/decisions.ts'
import { deletePin, putPin } from './routes/moderator/pins.ts'
import { postPolicyPreview } from './routes/moderator/policyPreview.ts'
import { getQueue } from './routes/moderator/queue.ts'
import { deleteSession, getSession, postSession, postSignInLink } from './routes/moderator/session.ts'
import { getStats } from './routes/moderator/stats.ts'
import { deleteCheck, deleteClosure, postCheck, postClosure } from './routes/moderator/threads.ts'
import { getHealth } from './routes/operator/health.ts'
import { putBadge } from './routes/owner/badges.ts'
import { getDecisionsCsv } from './routes/owner/exports.ts'
import { deleteScreener, getScreeners, putScreener } from './routes/owner/screeners.ts'
import { getSites, patchSite, postSite } from './routes/owner/sites.ts'
import { deleteToken, getTokens, postToken } from './routes/owner/tokens.ts'
import { deleteTurnstile, putTurnstile } from './routes/owner/turnstile.ts'
import { getWordLists, putWordList } from './routes/owner/wordLists.ts'
import { getAsset, getDashboard, getEmbed } from './routes/pages/assets.ts'
import { getPlainThread, postPlainThread } from './routes/pages/plainThread.ts'
import { getCounts } from './routes/reader/counts.ts'
import { getAtomFeed, getJsonFeed } from './routes/reader/feeds.ts'
import { postFlag } from './routes/reader/flags.ts'
import { deleteLike, putLike } from './routes/reader/likes.ts'
import { getThread } from './routes/reader/thread.ts'
import { getThreadHtml } from './routes/reader/threadElement.ts'
import { DatabaseUnavailable, everyDatabase, mainDatabase } from './store/database.ts'
import { purge } from './store/retention.ts'

const app = new Hono<{ Bindings: Env; Variables: Ctx['var'] }>()

app.use(async (c, next) => {
  c.set('receivedAt', Date.now())
  for (const [name, value] of Object.entries(defaults)) c.header(name, value)
  requireSecrets(c.env)
  const happened: Event[] = []
  c.set('happened', happened)
  await next()
  if (happened.length > 0) tellSubscribers(happened, c.env, c.executionCtx)
})

// readers and authors: any page reads, only the site's own pages write
app.get('/v1/sites/:site/thread', getThread)
app.get('/v1/sites/:site/thread.html', getThreadHtml)
app.get('/t/:site', getPlainThread)
app.post('/t/:site', postPlainThread)
app.get('/v1/sites/:site/counts', getCounts)
app.get('/v1/sites/:site/feed.atom', getAtomFeed)
app.get('/v1/sites/:site/feed.json', getJsonFeed)
app.post('/v1/sites/:site/challenges', postChallenge)
app.post('/v1/sites/:site/comments', postComment)
app.get('/v1/sites/:site/comments/:id', getOwnComment)
app.patch('/v1/sites/:site/comments/:id', patchOwnComment)
app.delete('/v1/sites/:site/comments/:id', deleteOwnComment)
app.post('/v1/sites/:site/comments/:id/appeal', postAppeal)
app.put('/v1/sites/:site/comments/:id/like', putLike)
app.delete('/v1/sites/:site/comments/:id/like', deleteLike)
app.post('/v1/sites/:site/comments/:id/flags', postFlag)
app.options('/v1/sites/:site/*', preflight)

// whoever signs in
app.post('/v1/session', postSession)
app.get('/v1/session', getSession)
app.delete('/v1/session', deleteSession)

// moderators
app.get('/v1/queue', staffOnly(), getQueue)
app.post('/v1/decisions', staffOnly(), postDecisions)
app.delete('/v1/decisions/:id', staffOnly(), deleteDecision)
app.put('/v1/comments/:id/pin', staffOnly(), putPin)
app.delete('/v1/comments/:id/pin', staffOnly(), deletePin)
app.get('/v1/audit-log', staffOnly(), getAuditLog)
app.get('/v1/stats', staffOnly(), getStats)
app.get('/v1/bans', staffOnly(), getBans)
app.post('/v1/bans', staffOnly(), postBan)
app.delete('/v1/bans/:id', staffOnly(), deleteBan)
app.post('/v1/threads/:id/closure', staffOnly(), postClosure)
app.delete('/v1/threads/:id/closure', staffOnly(), deleteClosure)
app.post('/v1/threads/:id/check', staffOnly(), postCheck)
app.delete('/v1/threads/:id/check', staffOnly(), deleteCheck)
app.get('/v1/sites/:site/word-lists', staffOnly(), getWordLists)
app.post('/v1/sites/:site/policy-preview', staffOnly(), postPolicyPreview)

// owners
app.get('/v1/sites', staffOnly(), getSites)
app.post('/v1/sites', staffOnly('owner'), postSite)
app.patch('/v1/sites/:id', staffOnly('owner'), patchSite)
app.put('/v1/sites/:site/word-lists/:list', staffOnly('owner'), putWordList)
app.get('/v1/sites/:site/screeners', staffOnly('owner'), getScreeners)
app.put('/v1/sites/:site/screeners/:kind', staffOnly('owner'), putScreener)
app.delete('/v1/sites/:site/screeners/:kind', staffOnly('owner'), deleteScreener)
app.put('/v1/sites/:site/turnstile', staffOnly('owner'), putTurnstile)
app.delete('/v1/sites/:site/turnstile', staffOnly('owner'), deleteTurnstile)
app.put('/v1/authors/:id/badge', staffOnly('owner'), putBadge)
app.get('/v1/exports/decisions.csv', staffOnly('owner'), getDecisionsCsv)
app.get('/v1/tokens', staffOnly('owner'), getTokens)
app.post('/v1/tokens', staffOnly('owner'), postToken)
app.delete('/v1/tokens/:id', staffOnly('owner'), deleteToken)

// the operator
app.post('/v1/sign-in-links', operatorOnly, postSignInLink)
app.get('/v1/health', getHealth)

// browsers
app.get('/embed.js', getEmbed)
app.get('/', (c) => c.redirect('/docs/embed', 302))
app.get('/dashboard', getDashboard)
app.get('/dashboard/', (c) => c.redirect('/dashboard', 308))
app.all('/v1/*', refuseMethod)
app.all('/t/*', refuseMethod)
app.get('*', getAsset)

app.notFound((c) => refuse(c, new Refusal('not_found')))
app.onError((error, c) => {
  if (error instanceof Refusal) return refuse(c, error)
  if (error instanceof DatabaseUnavailable) return refuse(c, new Refusal('unavailable', { retryAfter: 5 }))
  console.error('request failed', { path: new URL(c.req.url).pathname, error: String(error) })
  return refuse(c, new Refusal('internal'))
})

/** The methods that the table above has for a path. */
function methodsOf(path: string): string[] {
  const exact = app.routes.filter((route) => !route.path.includes('*'))
  const routes = exact.filter((route) => new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path))
  return [...new Set(routes.map(({ method }) => method))]
}

function refuseMethod(c: Ctx): never {
  const methods = methodsOf(c.req.path)
  if (methods.length === 0) throw new Refusal('not_found')
  c.header('allow', methods.join(', '))
  throw new Refusal('method_not_allowed')
}

/** Lets pages of the site's registered origins write; to others it says nothing they could use. */
async function preflight(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  const origin = c.req.header('origin')
  c.header('vary', 'Origin')
  if (origin && isRegistered(origin, site.origins)) {
    c.header('access-control-allow-origin', origin)
    c.header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
    c.header('access-control-allow-headers', 'Authorization, Content-Type, If-None-Match')
    c.header('access-control-max-age', '86400')
  }
  return c.body(null, 204)
}

// biome-ignore lint/suspicious/noExplicitAny: errors are answered alike whatever the route's context is
function refuse(c: any, refusal: Refusal): Response {
  if (refusal.code === 'not_configured') console.error(refusal.message)
  const { retryAfter } = refusal.circumstances
  if (retryAfter !== undefined) c.header('retry-after', String(retryAfter))
  c.header('cache-control', 'no-store')
  if (/^\/t(\/|$)/.test(c.req.path)) return refusePlainly(c, refusal)
  return c.json(refusal.body, refusal.status)
}

/** Out of memory what many ask for. Whatever failed on the way may have been written without a word of it. */
async function answer(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
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
    requireSecrets(env)
    const world = worldOf(env, context, Date.now())
    await consume(batch, world)
    tellSubscribers(world.happened, env, context)
  },

  async scheduled(controller: ScheduledController, env: Env, context: ExecutionContext): Promise<void> {
    requireSecrets(env)
    const world = worldOf(env, context, controller.scheduledTime)
    for (const db of everyDatabase(env)) {
      await sweep({ ...world, db })
      await purge(db, controller.scheduledTime)
    }
    tellSubscribers(world.happened, env, context)
  },
}
