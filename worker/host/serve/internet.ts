/**
 * By what mail servers are asked, whose addresses whoever runs the server says: those of its own network, too. Nothing else
 * goes by it.
 */
export const mailServers = {
  network: {
    allow: ['public', 'private'],
    deny: ['169.254.0.0/16', 'fe80::/10'],
    tlsOptions: { trustBrowserCas: true },
  },
}

/**
 * By what services outside are asked: workerd looks at the address that a name leads to.
 *
 * @param isPrivateToo whether those on this machine and in its network are asked, too
 */
export const internet = (isPrivateToo: boolean) => ({
  network: {
    allow: ['public', ...(isPrivateToo ? ['private'] : [])],
    deny: ['169.254.0.0/16', 'fe80::/10'],
    tlsOptions: { trustBrowserCas: true },
  },
})
