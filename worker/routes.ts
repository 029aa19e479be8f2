import { commentRoutes, personPages } from './commentRoutes.ts'
import * as auditLog from './contract/auditLog.ts'
import * as badges from './contract/badges.ts'
import * as comment from './contract/comment.ts'
import * as dailyStats from './contract/dailyStats.ts'
import * as exports from './contract/exports.ts'
import * as health from './contract/health.ts'
import * as letters from './contract/letters.ts'
import * as mail from './contract/mail.ts'
import * as metrics from './contract/metrics.ts'
import * as openapi from './contract/openapi.ts'
import * as pages from './contract/pageQueries.ts'
import * as proof from './contract/proof.ts'
import * as reactions from './contract/reactions.ts'
import * as screeners from './contract/screeners.ts'
import * as sightings from './contract/sightings.ts'
import * as site from './contract/site.ts'
import { newSite, siteChange } from './contract/siteSchemas.ts'
import * as stats from './contract/stats.ts'
import * as subscriptions from './contract/subscriptions.ts'
import * as thread from './contract/thread.ts'
import * as tokens from './contract/tokens.ts'
import * as wordListMatches from './contract/wordListMatches.ts'
import * as wordLists from './contract/wordLists.ts'
import { decidingRoutes } from './decidingRoutes.ts'
import { movingRoutes } from './movingRoutes.ts'
import { peopleRoutes } from './peopleRoutes.ts'
import { getOpenApi } from './routes/apiDescription.ts'
import { postAppeal } from './routes/author/appeals.ts'
import { postChallenge } from './routes/author/challenges.ts'
import { postComment } from './routes/author/comments.ts'
import { deleteOwnComment, getOwnComment, patchOwnComment } from './routes/author/ownComment.ts'
import { getAuditLog, getAuditLogCsv } from './routes/moderator/auditLog.ts'
import { getLetter, getLetterHtml, getLetters } from './routes/moderator/letters.ts'
import { getMetrics } from './routes/moderator/metrics.ts'
import { getDailyStats, getStats } from './routes/moderator/stats.ts'
import { getHealth } from './routes/operator/health.ts'
import { postMailEvents, postMailTest } from './routes/operator/mail.ts'
import { putBadge } from './routes/owner/badges.ts'
import { getDecisionsCsv } from './routes/owner/exports.ts'
import { deleteScreener, getScreeners, putScreener } from './routes/owner/screeners.ts'
import {
  deleteArchive,
  deleteSite,
  getSightings,
  getSites,
  patchSite,
  postArchive,
  postSite,
} from './routes/owner/sites.ts'
import { deleteToken, getTokens, postToken } from './routes/owner/tokens.ts'
import { deleteTurnstile, putTurnstile } from './routes/owner/turnstile.ts'
import { getWordListMatches, getWordLists, putWordList } from './routes/owner/wordLists.ts'
import { getAddressLink, postAddressLink } from './routes/pages/addressLink.ts'
import { getDecisionLink, postDecisionLink } from './routes/pages/decisionLink.ts'
import { getPlainThread, postPlainThread } from './routes/pages/plainThread.ts'
import { getSubscriptions, postSubscriptions } from './routes/pages/subscriptions.ts'
import { getCounts } from './routes/reader/counts.ts'
import { getAtomFeed, getJsonFeed } from './routes/reader/feeds.ts'
import { postFlag } from './routes/reader/flags.ts'
import { deleteLike, putLike } from './routes/reader/likes.ts'
import { postSubscription } from './routes/reader/subscriptions.ts'
import { getThread } from './routes/reader/thread.ts'
import { getThreadHtml } from './routes/reader/threadElement.ts'
import { get, lines, patch, post, put, type Route, remove, staff } from './routes/route.ts'
import { anyConfig } from './screeners/services.ts'
import { turnstileConfig } from './screeners/turnstile.ts'
import { tellingRoutes } from './tellingRoutes.ts'

/**
 * Every route of the API: method and path, who answers, and what crosses the wire. Each group says who may ask:
 * readers, authors, staff who are allowed an act, the operator.
 */
export const routes: Route[] = [
  ...lines('anyone', [
    get('/v1/openapi.json', (c) => getOpenApi(c, routes), openapi.readOpenApi),
    get('/v1/health', getHealth, health.readHealth),
    post('/v1/mail/events/:provider', postMailEvents, mail.takeMailEvents),
  ]),
  ...lines('operator', [post('/v1/mail/tests', postMailTest, mail.testMail)]),
  ...peopleRoutes,

  // Any page reads, only the site's own pages write.
  ...lines('reader', [
    get('/v1/sites/:site/thread', getThread, thread.readThread),
    get('/v1/sites/:site/thread.html', getThreadHtml, pages.readThreadHtml),
    get('/v1/sites/:site/counts', getCounts, thread.countComments),
    get('/v1/sites/:site/feed.atom', getAtomFeed, thread.readAtomFeed),
    get('/v1/sites/:site/feed.json', getJsonFeed, thread.readJsonFeed),
    post('/v1/sites/:site/challenges', postChallenge, proof.challenge),
    post('/v1/sites/:site/comments', postComment, comment.post),
    post('/v1/sites/:site/subscriptions', postSubscription, subscriptions.subscribe),
  ]),
  ...lines('author', [
    get('/v1/sites/:site/comments/:id', getOwnComment, comment.readOwn),
    patch('/v1/sites/:site/comments/:id', patchOwnComment, comment.edit),
    remove('/v1/sites/:site/comments/:id', deleteOwnComment, comment.withdraw),
    post('/v1/sites/:site/comments/:id/appeal', postAppeal, comment.appeal),
    put('/v1/sites/:site/comments/:id/like', putLike, reactions.like),
    remove('/v1/sites/:site/comments/:id/like', deleteLike, reactions.unlike),
    post('/v1/sites/:site/comments/:id/flags', postFlag, reactions.flag),
  ]),

  ...decidingRoutes,
  ...commentRoutes,
  ...staff('auditLog.read', [
    get('/v1/audit-log', getAuditLog, auditLog.readAuditLog),
    get('/v1/exports/audit-log.csv', getAuditLogCsv, auditLog.exportAuditLog),
  ]),
  ...staff('stats.read', [
    get('/v1/stats', getStats, stats.readStats),
    get('/v1/stats/days', getDailyStats, dailyStats.readDailyStats),
    get('/v1/metrics', getMetrics, metrics.readMetrics),
  ]),
  ...staff('letters.read', [
    get('/v1/letters', getLetters, letters.listLetters),
    get('/v1/letters/:kind', getLetter, letters.readLetter),
    get('/v1/letters/:kind/html', getLetterHtml, letters.readLetterHtml),
  ]),
  ...staff('wordLists.read', [
    get('/v1/sites/:site/word-lists', getWordLists, wordLists.readWordLists),
    get('/v1/sites/:site/word-lists/:list/matches', getWordListMatches, wordListMatches.matchWordList),
  ]),
  ...staff('sites.read', [get('/v1/sites', getSites, site.listSites)]),
  ...staff({ may: 'sites.read', thing: 'site' }, [
    get('/v1/sites/:id/sightings', getSightings, sightings.readSightings),
  ]),
  ...staff('sites.add', [post('/v1/sites', postSite, { ...site.addSite, body: newSite })]),
  ...staff({ may: 'sites.change', thing: 'site' }, [
    patch('/v1/sites/:id', patchSite, { ...site.changeSite, body: siteChange }),
    post('/v1/sites/:id/archive', postArchive, site.archiveSite),
    remove('/v1/sites/:id/archive', deleteArchive, site.restoreSite),
  ]),
  ...staff({ may: 'sites.remove', thing: 'site' }, [remove('/v1/sites/:id', deleteSite, site.removeSite)]),
  ...staff('wordLists.change', [
    put('/v1/sites/:site/word-lists/:list', putWordList, wordLists.replaceWordList),
  ]),
  ...staff('screeners.read', [get('/v1/sites/:site/screeners', getScreeners, screeners.listScreeners)]),
  ...staff('screeners.change', [
    put('/v1/sites/:site/screeners/:kind', putScreener, { ...screeners.setScreener, body: anyConfig }),
    remove('/v1/sites/:site/screeners/:kind', deleteScreener, screeners.removeScreener),
  ]),
  ...staff('turnstile.change', [
    put('/v1/sites/:site/turnstile', putTurnstile, { ...screeners.setTurnstile, body: turnstileConfig }),
    remove('/v1/sites/:site/turnstile', deleteTurnstile, screeners.removeTurnstile),
  ]),
  ...staff({ may: 'authors.badge', thing: 'author' }, [
    put('/v1/authors/:id/badge', putBadge, badges.giveBadge),
  ]),
  ...tellingRoutes,
  ...movingRoutes,
  ...staff('decisions.export', [get('/v1/exports/decisions.csv', getDecisionsCsv, exports.exportDecisions)]),
  ...staff('tokens.read', [get('/v1/tokens', getTokens, tokens.listTokens)]),
  ...staff('tokens.change', [post('/v1/tokens', postToken, tokens.makeToken)]),
  ...staff({ may: 'tokens.change', thing: 'token' }, [
    remove('/v1/tokens/:id', deleteToken, tokens.revokeToken),
  ]),
]

/** A thread on a page of its own, and pages that messages lead to: no part of the API. */
export const plainPages: Route[] = [
  ...personPages,
  ...lines('anyone', [
    get('/t/:site', getPlainThread, {
      summary: 'Shows a thread on a page of its own.',
      answers: { 200: 'text/html' },
    }),
    get('/s/:token', getSubscriptions, {
      summary: 'Shows what a reader is told of by mail.',
      answers: { 200: 'text/html' },
    }),
    post('/s/:token', postSubscriptions, {
      summary: 'Confirms it, or ends it.',
      answers: { 200: 'text/html', 204: null },
    }),
    post('/t/:site', postPlainThread, {
      summary: 'Posts a comment by a form.',
      answers: { 200: 'text/html' },
    }),
    get('/m/:token', getDecisionLink, {
      summary: 'Shows a comment that a message told of.',
      answers: { 200: 'text/html' },
    }),
    get('/m/address/:token', getAddressLink, {
      summary: 'Asks whether an address is theirs.',
      answers: { 200: 'text/html' },
    }),
    post('/m/address/:token', postAddressLink, { summary: 'Confirms it.', answers: { 200: 'text/html' } }),
    post('/m/:token', postDecisionLink, { summary: 'Decides it.', answers: { 303: null } }),
  ]),
]
