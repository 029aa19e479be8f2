/** Where the worker is that these pages were read from, without a slash at the end. */
export const host = new URL('..', location.href).href.slice(0, -1)
