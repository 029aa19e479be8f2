import { type ToldType, toldFrom, toldType } from '../contract/told.ts'
import * as endpoints from '../store/endpoints.ts'
import type { Destination } from './destination.ts'
import { endpointMessage } from './endpointMessage.ts'

/** Has the webhooks and chats of a site told, each by itself. */
export const siteEndpoints: Destination = {
  kind: 'site_endpoints',

  wants(event) {
    const type = toldType(event)
    if (type === null || !('commentId' in event) || event.commentId === null) return null
    const of = 'decisionId' in event ? event.decisionId : 'revision' in event ? event.revision : ''
    return {
      subject: `${type} ${event.commentId} ${of}`.trim(),
      notBefore: toldFrom(event),
      details: { type },
      // Reports of one comment that come together are told together.
      ...(type === 'comment.flagged' && { keepEarliest: true }),
    }
  },

  where: endpoints.isAnyTold('x.siteId', "(x.details ->> 'type')"),

  async deliver({ db }, { siteId, subject, details, at }) {
    const type = details.type as ToldType
    const told = await endpoints.toldOf(db, siteId, type)
    return {
      next: told.map(({ id, name }) => ({
        ...{ destination: endpointMessage.kind, subject: `${id} ${subject}`, notBefore: at, details },
        ...(type === 'comment.flagged' && { keepEarliest: true }),
        to: { id, shown: name },
      })),
    }
  },
}
