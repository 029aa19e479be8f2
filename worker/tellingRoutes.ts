import * as deliveries from './contract/deliveries.ts'
import * as endpoints from './contract/endpoints.ts'
import { getDeliveries, getMail, getMailHtml, postRetry } from './routes/owner/deliveries.ts'
import {
  deleteEndpoint,
  getEndpoints,
  patchEndpoint,
  postEndpoint,
  postEndpointSecret,
  postEndpointTest,
} from './routes/owner/endpoints.ts'
import { get, patch, post, type Route, remove, staff } from './routes/route.ts'

/** Routes of what is told outside: webhooks and chats of a site, and what was delivered. A part of `routes.ts`. */
export const tellingRoutes: Route[] = [
  ...staff('endpoints.read', [get('/v1/webhooks', getEndpoints, endpoints.listEndpoints)]),
  ...staff('endpoints.change', [post('/v1/webhooks', postEndpoint, endpoints.addEndpoint)]),
  ...staff({ may: 'endpoints.change', thing: 'endpoint' }, [
    patch('/v1/webhooks/:id', patchEndpoint, endpoints.changeEndpoint),
    remove('/v1/webhooks/:id', deleteEndpoint, endpoints.removeEndpoint),
    post('/v1/webhooks/:id/test', postEndpointTest, endpoints.testEndpoint),
    post('/v1/webhooks/:id/secret', postEndpointSecret, endpoints.rotateSecret),
  ]),
  ...staff('deliveries.read', [
    get('/v1/deliveries', getDeliveries, deliveries.listDeliveries),
    get('/v1/outbox/mails/:mail', getMail, deliveries.readMail),
    get('/v1/outbox/mails/:mail/html', getMailHtml, deliveries.readMailHtml),
  ]),
  ...staff('deliveries.retry', [post('/v1/deliveries/:delivery/retry', postRetry, deliveries.retryDelivery)]),
]
