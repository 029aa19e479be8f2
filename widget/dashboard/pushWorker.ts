/** The folder of the app's icons, as the build names it. */
declare const appFolderName: string

interface PushEvent extends Event {
  data: { json(): unknown } | null
  waitUntil(work: Promise<unknown>): void
}

interface NotificationEvent extends Event {
  notification: Notification
  waitUntil(work: Promise<unknown>): void
}

/** What a service worker has that a page has not. */
interface Scope {
  registration: ServiceWorkerRegistration
  clients: {
    matchAll(which: object): Promise<{ url: string; focus(): Promise<unknown> }[]>
    openWindow(url: string): Promise<unknown>
  }
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void
  addEventListener(type: 'notificationclick', listener: (event: NotificationEvent) => void): void
}

const scope = globalThis as unknown as Scope

/** What the worker sends: `Notice` there. */
interface Notice {
  title: string
  lang?: string
  tag?: string
  url?: string
}

// It shows what is pushed and opens what is clicked. It keeps nothing and answers no requests: the desk shows what is true now.
scope.addEventListener('push', (event) => {
  const { title, lang, tag, url } = (event.data?.json() ?? { title: 'Hankyo' }) as Notice
  const icon = new URL(`assets/${appFolderName}/icon-192.png`, location.href).href
  const options = {
    icon,
    data: url ?? 'dashboard',
    ...(lang && { lang }),
    ...(tag && { tag, renotify: true }),
  }
  event.waitUntil(scope.registration.showNotification(title, options))
})

scope.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const root = new URL('..', location.href)
  const url = new URL(String(event.notification.data), root)
  event.waitUntil(show(url.origin === root.origin ? url.href : new URL('dashboard', root).href))
})

/** Shows a page where it is open, or opens it: what stands in another is not left. */
async function show(url: string): Promise<void> {
  const open = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = open.find((client) => client.url === url)
  await (there ? there.focus() : scope.clients.openWindow(url))
}
