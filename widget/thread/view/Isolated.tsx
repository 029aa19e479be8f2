/** A sentence with a name or title in it, at `\0`, whose direction must not disturb the sentence. */
export function Isolated({ sentence, value }: { sentence: string; value: string }) {
  const [before, after] = sentence.split('\0')
  return (
    <>
      {before}
      <bdi>{value}</bdi>
      {after}
    </>
  )
}
