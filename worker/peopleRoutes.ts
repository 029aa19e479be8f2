import * as accounts from './contract/connectedAccounts.ts'
import * as notifications from './contract/notifications.ts'
import * as passkeys from './contract/passkeys.ts'
import * as push from './contract/pushSubscriptions.ts'
import * as views from './contract/savedViews.ts'
import * as session from './contract/session.ts'
import * as people from './contract/staff.ts'
import { deleteOneSession, getSessions, patchSession } from './routes/moderator/account.ts'
import {
  deleteConnectedAccount,
  getConnectedAccounts,
  getWays,
  postConnectedAccount,
  postWay,
} from './routes/moderator/connectedAccounts.ts'
import { getNotifications, patchNotifications } from './routes/moderator/notifications.ts'
import {
  deletePasskey,
  getPasskeys,
  patchPasskey,
  postAssertionOptions,
  postPasskey,
  postPasskeyOptions,
} from './routes/moderator/passkeys.ts'
import {
  deletePushSubscription,
  getPushSubscriptions,
  postPushSubscription,
  postPushSubscriptionTest,
} from './routes/moderator/pushSubscriptions.ts'
import { deleteView, getViews, patchView, postView } from './routes/moderator/savedViews.ts'
import { deleteSession, getSession, postSession } from './routes/moderator/session.ts'
import { postSignInLink } from './routes/operator/signInLinks.ts'
import { deletePerson, getStaff, patchPerson, postPerson, postPersonLink } from './routes/owner/staff.ts'
import { get, lines, patch, post, type Route, remove, staff } from './routes/route.ts'

/**
 * Routes of people: who has an account, by what they sign in, and where they are signed in, and the lists
 * that they saved. A part of `routes.ts`.
 */
export const peopleRoutes: Route[] = [
  ...lines('anyone', [
    post('/v1/session', postSession, session.startSession),
    get('/v1/session', getSession, session.readSession),
    remove('/v1/session', deleteSession, session.endSession),
    post('/v1/session/passkey-options', postAssertionOptions, passkeys.askForAssertion),
    get('/v1/session/ways', getWays, accounts.listWays),
    post('/v1/session/ways/:provider', postWay, accounts.setOut),
  ]),
  ...staff('account.change', [
    patch('/v1/session', patchSession, session.changeAccount),
    get('/v1/notifications', getNotifications, notifications.readNotifications),
    patch('/v1/notifications', patchNotifications, notifications.changeNotifications),
    get('/v1/push-subscriptions', getPushSubscriptions, push.listPushSubscriptions),
    post('/v1/push-subscriptions', postPushSubscription, push.addPushSubscription),
    remove('/v1/push-subscriptions/:device', deletePushSubscription, push.removePushSubscription),
    post('/v1/push-subscriptions/:device/test', postPushSubscriptionTest, push.testPushSubscription),
    get('/v1/passkeys', getPasskeys, passkeys.listPasskeys),
    post('/v1/passkeys/options', postPasskeyOptions, passkeys.askForPasskey),
    post('/v1/passkeys', postPasskey, passkeys.addPasskey),
    patch('/v1/passkeys/:passkey', patchPasskey, passkeys.renamePasskey),
    remove('/v1/passkeys/:passkey', deletePasskey, passkeys.removePasskey),
    get('/v1/connected-accounts', getConnectedAccounts, accounts.listConnectedAccounts),
    post('/v1/connected-accounts/:provider', postConnectedAccount, accounts.connectAccount),
    remove('/v1/connected-accounts/:account', deleteConnectedAccount, accounts.disconnectAccount),
  ]),
  ...staff('views.change', [
    get('/v1/views', getViews, views.listViews),
    post('/v1/views', postView, views.saveView),
    patch('/v1/views/:view', patchView, views.changeView),
    remove('/v1/views/:view', deleteView, views.removeView),
  ]),
  ...staff('sessions.read', [get('/v1/sessions', getSessions, session.listSessions)]),
  ...staff({ may: 'sessions.end', thing: 'session' }, [
    remove('/v1/sessions/:id', deleteOneSession, session.endOneSession),
  ]),
  ...staff('staff.read', [get('/v1/staff', getStaff, people.listStaff)]),
  ...staff('staff.change', [post('/v1/staff', postPerson, people.invite)]),
  ...staff({ may: 'staff.change', thing: 'person' }, [
    patch('/v1/staff/:id', patchPerson, people.changePerson),
    remove('/v1/staff/:id', deletePerson, people.removePerson),
    post('/v1/staff/:id/link', postPersonLink, people.makeLink),
  ]),
  ...lines('operator', [post('/v1/sign-in-links', postSignInLink, session.makeSignInLink)]),
]
