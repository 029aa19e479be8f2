import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useDashboard } from '../desk.tsx'

const path = '/v1/push-subscriptions'
const subscription = { endpoint: 'https://push.example/1', keys: { p256dh: 'key', auth: 'secret' } }
const device = {
  ...{ id: 'device', endpoint: subscription.endpoint, name: 'Chrome · Android' },
  ...{ createdAt: '2026-11-30T00:00:00.000Z', lastToldAt: null },
}

/** A browser that can be told, as far as the page asks it, whose user answers so. */
function pushBrowser(permission: NotificationPermission) {
  let made: object | null = null
  const unsubscribe = vi.fn(async () => {
    made = null
    return true
  })
  const pushManager = {
    getSubscription: async () => made,
    subscribe: vi.fn(async () => {
      made = { ...subscription, unsubscribe, toJSON: () => subscription }
      return made
    }),
  }
  const register = vi.fn(async () => ({}))
  const serviceWorker = {
    register,
    getRegistration: async () => (made ? { pushManager } : undefined),
    ready: Promise.resolve({ pushManager }),
  }
  const asked = { permission: 'default' as NotificationPermission }
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('PushManager', class {})
  vi.stubGlobal('Notification', {
    get permission() {
      return asked.permission
    },
    requestPermission: async () => (asked.permission = permission),
  })
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: serviceWorker })
  return { pushManager, register, unsubscribe }
}

describe('The devices on which one is told', () => {
  const dashboard = useDashboard()
  afterEach(() => {
    vi.unstubAllGlobals()
    Reflect.deleteProperty(navigator, 'serviceWorker')
  })

  async function open() {
    dashboard.server.instead = (line) => {
      if (line === `GET ${path}`) return { status: 200, body: { items: [], next: null, publicKey: 'ours' } }
      if (line === `POST ${path}`) return { status: 201, body: device }
      if (line === `POST ${path}/device/test`)
        return { status: 200, body: { delivered: false, answer: 'answered 500' } }
      if (line === `DELETE ${path}/device`) return { status: 204 }
      return undefined
    }
    await dashboard.open('/dashboard?page=account')
    await screen.findByText('No device is notified.')
  }
  const on = () => screen.findByRole('button', { name: 'Notify me on this device' })
  const lines = () =>
    dashboard.server.asked.map(({ line }) => line).filter((line) => line.includes(path) && !/^GET/.test(line))

  it('have this one where its user allows it, try it, and lose it again', async () => {
    const { pushManager, register, unsubscribe } = pushBrowser('granted')
    await open()
    fireEvent.click(await on())
    await screen.findByText(/· this device$/)
    expect(register).toHaveBeenCalledWith(new URL('/dashboard/push.js', location.href).href, {
      scope: new URL('/dashboard', location.href).href,
    })
    expect(pushManager.subscribe).toHaveBeenCalledWith({
      userVisibleOnly: true,
      applicationServerKey: 'ours',
    })
    expect(dashboard.server.asked.findLast(({ line }) => line === `POST ${path}`)?.body).toEqual(subscription)
    fireEvent.click(screen.getByRole('button', { name: 'Send a test to Chrome · Android' }))
    await screen.findByText('The test did not arrive at the push service: answered 500')
    fireEvent.click(screen.getByRole('button', { name: 'Stop on this device' }))
    fireEvent.click(screen.getByRole('button', { name: 'Stop on this device' }))
    await on()
    await waitFor(() => expect(unsubscribe).toHaveBeenCalled())
    expect(lines()).toEqual([`POST ${path}`, `POST ${path}/device/test`, `DELETE ${path}/device`])
  })

  it('lack it where its user refuses, which the page says, as it says what a browser cannot', async () => {
    pushBrowser('denied')
    await open()
    fireEvent.click(await on())
    await screen.findByText(/^This browser refuses notifications of this page\./)
    expect(screen.queryByRole('button', { name: 'Notify me on this device' })).toBeNull()
    expect(lines()).toEqual([])
  })

  it('lack it where the browser has no push service, and nothing is left half done', async () => {
    const { pushManager } = pushBrowser('granted')
    pushManager.subscribe.mockRejectedValue(new Error('no service'))
    await open()
    fireEvent.click(await on())
    await screen.findByText(/^This browser could not be switched on\./)
    expect(lines()).toEqual([])
  })
})
