import * as authorNetworks from './contract/authorNetworks.ts'
import * as banReach from './contract/banReach.ts'
import * as bans from './contract/bans.ts'
import * as bulkActs from './contract/bulkActs.ts'
import * as decisions from './contract/decisions.ts'
import * as flags from './contract/flags.ts'
import * as policy from './contract/policyPreview.ts'
import * as presence from './contract/presence.ts'
import * as queue from './contract/queue.ts'
import * as retention from './contract/retentionPreview.ts'
import * as searchIndex from './contract/searchIndex.ts'
import * as looks from './contract/secondLooks.ts'
import { getAuthorNetworks } from './routes/moderator/authorNetworks.ts'
import { deleteBan, getBanReach, getBans, postBan } from './routes/moderator/bans.ts'
import {
  deleteBulkAct,
  getBulkAct,
  getBulkActs,
  getBulkComments,
  getBulkPreview,
  patchBulkAct,
  postBulkAct,
} from './routes/moderator/bulkActs.ts'
import { deleteDecision, postDecisions } from './routes/moderator/decisions.ts'
import { deleteMute, getFlags, getMuted, putMute } from './routes/moderator/flags.ts'
import { postPolicyPreview } from './routes/moderator/policyPreview.ts'
import { putPresence } from './routes/moderator/presence.ts'
import { getFoundCounts, getQueue, getQueuePace } from './routes/moderator/queue.ts'
import { postRetentionPreview } from './routes/moderator/retentionPreview.ts'
import { getSecondLooks, postSecondLook } from './routes/moderator/secondLooks.ts'
import { deleteSearchIndex, getSearchIndex, postSearchIndex } from './routes/operator/searchIndex.ts'
import { get, lines, patch, post, put, type Route, remove, staff } from './routes/route.ts'

/**
 * Routes of deciding: the queue and the index that it is searched by, what readers reported, decisions of one comment and
 * of many, bans, and what other settings would decide or remove. A part of `routes.ts`.
 */
export const decidingRoutes: Route[] = [
  ...staff('queue.read', [
    get('/v1/queue', getQueue, queue.readQueue),
    get('/v1/queue/counts', getFoundCounts, queue.countFound),
    get('/v1/queue/pace', getQueuePace, queue.readPace),
    put('/v1/presence', putPresence, presence.holdComment),
    get('/v1/flags', getFlags, flags.listFlags),
    get('/v1/muted-reporters', getMuted, flags.listMuted),
    get('/v1/second-looks', getSecondLooks, looks.listSecondLooks),
  ]),
  ...lines('operator', [
    get('/v1/search-index', getSearchIndex, searchIndex.readIndex),
    post('/v1/search-index', postSearchIndex, searchIndex.extendIndex),
    remove('/v1/search-index', deleteSearchIndex, searchIndex.emptyIndex),
  ]),
  ...staff('comments.decide', [
    post('/v1/decisions', postDecisions, decisions.decide),
    get('/v1/bulk-acts', getBulkActs, bulkActs.listBulkActs),
    get('/v1/bulk-acts/preview', getBulkPreview, bulkActs.previewBulkAct),
    post('/v1/bulk-acts', postBulkAct, bulkActs.startBulkAct),
  ]),
  ...staff({ may: 'comments.decide', thing: 'bulkAct' }, [
    get('/v1/bulk-acts/:id', getBulkAct, bulkActs.readBulkAct),
    get('/v1/bulk-acts/:id/comments', getBulkComments, bulkActs.listBulkComments),
    patch('/v1/bulk-acts/:id', patchBulkAct, bulkActs.changeBulkAct),
    remove('/v1/bulk-acts/:id', deleteBulkAct, bulkActs.undoBulkAct),
  ]),
  ...staff({ may: 'comments.decide', thing: 'comment' }, [
    post('/v1/second-looks/:id', postSecondLook, looks.answerSecondLook),
  ]),
  ...staff({ may: 'comments.decide', thing: 'decision' }, [
    remove('/v1/decisions/:id', deleteDecision, decisions.undo),
  ]),
  ...staff('reporters.mute', [
    put('/v1/sites/:site/reporters/:reporter/mute', putMute, flags.mute),
    remove('/v1/sites/:site/reporters/:reporter/mute', deleteMute, flags.unmute),
  ]),
  ...staff('bans.read', [get('/v1/bans', getBans, bans.listBans)]),
  ...staff('bans.change', [
    post('/v1/bans', postBan, bans.addBan),
    get('/v1/bans/reach', getBanReach, banReach.readBanReach),
  ]),
  ...staff({ may: 'bans.change', thing: 'author' }, [
    get('/v1/authors/:id/networks', getAuthorNetworks, authorNetworks.readAuthorNetworks),
  ]),
  ...staff({ may: 'bans.change', thing: 'ban' }, [remove('/v1/bans/:id', deleteBan, bans.removeBan)]),
  ...staff('policy.preview', [
    post('/v1/sites/:site/policy-preview', postPolicyPreview, {
      ...policy.previewPolicy,
      body: policy.policyProposal,
    }),
    post('/v1/sites/:site/retention-preview', postRetentionPreview, {
      ...retention.previewRetention,
      body: retention.retentionProposal,
    }),
  ]),
]
