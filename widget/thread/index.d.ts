// The types of <hankyo-thread>, for pages written in TypeScript. Save this file in your project.

/** What a thread knows of itself when it is shown first: the detail of `hankyo:ready`. */
export interface HankyoThread {
  key: string
  url: string | null
  title: string | null
  /** Comments shown in the whole thread. */
  count: number
  /** When the thread was closed (ISO 8601), or null while it takes comments. */
  closed: string | null
}

/** What became of a comment that was sent: the detail of `hankyo:posted`. */
export interface HankyoPosted {
  id: string
  status: 'pending' | 'approved' | 'rejected' | 'spam' | 'deleted'
}

/** What went wrong, as the worker tells it: the detail of `hankyo:error`. */
export interface HankyoError {
  code: string
  message?: string
  field?: string
  limit?: number
}

/** Every event of `<hankyo-thread>`; they bubble, out of shadow roots too. */
export interface HankyoEvents {
  'hankyo:ready': CustomEvent<HankyoThread>
  'hankyo:posted': CustomEvent<HankyoPosted>
  'hankyo:error': CustomEvent<HankyoError>
}

export interface HankyoAttributes {
  /** The id that the site is registered under. */
  site: string
  /** The thread's key: in JSX and in Vue's templates `key` is the framework's own. */
  'data-key'?: string
  /** What the heading calls the page. */
  title?: string
  /** BCP 47. */
  lang?: string
  theme?: 'auto' | 'light' | 'dark'
  sort?: 'oldest' | 'newest' | 'top'
  /** A heading level from 1 to 6, or the heading's own text. */
  heading?: string | number
  /** `eager` asks for the comments before the thread comes near the window. */
  loading?: 'lazy' | 'eager'
}

/** Listeners as Preact, React 19 and Svelte 5 take them. */
export type HankyoListeners = {
  [name in keyof HankyoEvents as `on${name}`]?: (event: HankyoEvents[name]) => void
}

declare global {
  interface HTMLElementTagNameMap {
    'hankyo-thread': HTMLElement
  }
  interface GlobalEventHandlersEventMap extends HankyoEvents {}
}

// Of the modules below a project has but one or two: that the others are not found is no error of it.

// @ts-ignore
type ReactAttributes = import('react').HTMLAttributes<HTMLElement>
// @ts-ignore
type ReactReference = import('react').ClassAttributes<HTMLElement>
// @ts-ignore
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'hankyo-thread': ReactAttributes & ReactReference & HankyoAttributes & HankyoListeners
    }
  }
}

// @ts-ignore
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      // @ts-ignore
      'hankyo-thread': import('preact').HTMLAttributes<HTMLElement> & HankyoAttributes & HankyoListeners
    }
  }
}

// @ts-ignore
declare module 'vue' {
  interface GlobalComponents {
    'hankyo-thread': new () => {
      $props: HankyoAttributes & {
        [name in keyof HankyoEvents as `onHankyo:${name extends `hankyo:${infer rest}` ? rest : never}`]?: (
          event: HankyoEvents[name],
        ) => void
      }
    }
  }
}

// @ts-ignore
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    // @ts-ignore
    'hankyo-thread': import('svelte/elements').HTMLAttributes<HTMLElement> &
      HankyoAttributes &
      HankyoListeners
  }
}
