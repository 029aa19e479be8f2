/** When some seconds are over, as a language says it: "in 5 minutes". It is never too early. */
export function timeAhead(seconds: number, tag: string): string {
  const [unit, size] =
    seconds > 5_400
      ? (['hour', 3_600] as const)
      : seconds > 90
        ? (['minute', 60] as const)
        : (['second', 1] as const)
  return new Intl.RelativeTimeFormat(tag).format(Math.ceil(seconds / size), unit)
}
