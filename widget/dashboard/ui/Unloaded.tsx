/** What there is to say before there are words: that they could not be had. */
export function Unloaded() {
  return (
    <main class="door">
      <div role="alert">
        <p lang="en">The dashboard could not be loaded. Check the connection, then load it again.</p>
        <p lang="ja">ダッシュボードを読み込めませんでした。接続を確認して、もう一度読み込んでください。</p>
      </div>
      <button type="button" onClick={() => location.reload()}>
        <span lang="en">Load again</span> · <span lang="ja">再読み込み</span>
      </button>
    </main>
  )
}
