/** Deviations past which a share of so many lies on one side, the deviation being an estimate from them. */
export function tailOf(weight: number, share: number): number {
  const freedom = Math.max(4.5, 2 + weight / 40)
  const widened = Math.sqrt((weight + 1) / Math.max(weight - 1, 1))
  const heavy = student(share, freedom) * Math.sqrt((freedom - 2) / freedom) * widened
  return Math.max(heavy, student(share, Math.max(weight - 1, 4)))
}

/** The quantile of Student's t with a share above it (Abramowitz and Stegun, 26.2.23 and 26.7.5). */
function student(share: number, freedom: number): number {
  const root = Math.sqrt(-2 * Math.log(share))
  const over = 2.515517 + root * (0.802853 + root * 0.010328)
  const under = 1 + root * (1.432788 + root * (0.189269 + root * 0.001308))
  const z = root - over / under
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ]
  return terms.reduce((sum, term, power) => sum + term / freedom ** power, 0)
}
