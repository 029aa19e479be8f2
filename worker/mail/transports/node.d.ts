/** What workerd has of Node's modules, as far as `smtp.ts` uses it: the worker is checked without Node's own types. */
declare module 'node:net' {
  export interface Socket {
    once(event: 'connect' | 'secureConnect' | 'error', listener: () => void): this
    destroy(): void
  }
  export function connect(to: { host: string; port: number }): Socket
}
declare module 'node:tls' {
  export function connect(to: { host: string; port: number }): import('node:net').Socket
}
declare module 'node:events' {
  export class EventEmitter {
    once(event: string, listener: (error: Error) => void): this
  }
}
