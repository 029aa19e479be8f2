/** The folder that the worker is seen in: nothing where it has a host of its own. */
export const folder = (): string => /^(.*)\/dashboard$/.exec(location.pathname)?.[1] ?? ''
