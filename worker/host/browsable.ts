/** An address of this machine by the name under which browsers take passkeys: they take none under a bare IP address. */
export const browsable = (url: string): string =>
  url.replace(/^http:\/\/(?:127\.0\.0\.1|\[::1\])(?=[:/]|$)/, 'http://localhost')
