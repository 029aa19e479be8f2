/** Shows on the icon of the installed app how many comments wait; where the system has no such badges, nowhere. */
export function showWaiting(count: number): void {
  const done = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.()
  done?.catch(() => {})
}
