/** Texts that run, break out or mislead where something shows them as anything but text. */
export const vectors = [
  // elements
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert&#40;1&#41;</script></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src=javascript:alert(1)>',
  '<object data=javascript:alert(1)>',
  '<embed src=javascript:alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror=alert(1)>',
  '<body onload=alert(1)>',
  '<base href=//evil.example/>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<form action=javascript:alert(1)><input type=submit autofocus onfocus=alert(1)>',
  '<style>*{background:url(//evil.example)}@import "//evil.example";</style>',
  '<link rel=stylesheet href=//evil.example>',
  '<a href="javascript:alert(1)" style="position:fixed;inset:0">x</a>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<template shadowrootmode=open><img src=x onerror=alert(1)></template>',
  '<slot><script>alert(1)</script></slot>',
  '<img id=config><a id=hankyo><form name=document>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  // quotes
  '"><script>alert(1)</script>',
  "'><script>alert(1)</script>",
  '" onmouseover="alert(1)',
  "' onmouseover='alert(1)' autofocus onfocus='alert(1)",
  '` onmouseover=`alert(1)',
  '" style="x:expression(alert(1))" autofocus onfocus="alert(1)',
  '\\"><img src=x onerror=alert(1)>',
  '=""><svg/onload=alert(1)>',
  // what ends what it stands in
  '</script><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '</template></hankyo-thread><script>alert(1)</script>',
  '</noscript><script>alert(1)</script>',
  '--><script>alert(1)</script><!--',
  '<!--<script>',
  ']]><script>alert(1)</script>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  '"}</script><script>alert(1)</script>{"',
  "';alert(1)//",
  '\u2028alert(1)\u2029//',
  // entities and encodings
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&amp;lt;img src=x onerror=alert(1)&amp;gt;',
  '&#x3c;img src=x onerror=alert(1)&#x3e;',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e',
  '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
  '＜script＞alert(1)＜/script＞',
  '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  '<\u0000script>alert(1)</script>',
  // Markdown and schemes
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt&colon;alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](//evil.example)',
  '[x](https://good.example@evil.example)',
  '[x](https://a.example/"onmouseover="alert(1))',
  '[x](https://a.example "\\"onmouseover=alert(1)")',
  '![x](javascript:alert(1) "onerror=alert(1)")',
  '<javascript:alert(1)>',
  '[x]: javascript:alert(1)\n\n[x]',
  '`</code><img src=x onerror=alert(1)>`',
  '```"><img src=x onerror=alert(1)>\n</code></pre><script>alert(1)</script>\n```',
  // templates
  '{{constructor.constructor("alert(1)")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as hostile text has it
  '${alert(1)}#{alert(1)}<%= alert(1) %>',
  '{count}{title}{name}{__proto__}',
  "$& $1 $` $' $<name>",
  // directions
  '\u202e<script>alert(1)</script>\u202c',
  '\u2066javascript:alert(1)\u2069 \u200f',
  'مرحبا <b onmouseover=alert(1)>שלום</b>',
]

/**
 * Eight of the vectors, one of each kind, for what costs a way through the database and back. All of them go through
 * the functions that parse, render and feed (`test/unit/threatsXss.test.ts`).
 */
export const wireVectors = [
  '<img src=x onerror=alert(1)>',
  '" onmouseover="alert(1)',
  '</script><script>alert(1)</script>',
  ']]><script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<\u0000script>alert(1)</script>',
  '[x](java\tscript:alert(1))',
  "$& $1 $` $' $<name>",
]

/** As much of a text as fits into one line of so many characters. */
export const lineOf = (text: string, length = 90) =>
  [...text.replace(/[\p{Cc}\s]+/gu, ' ')].slice(0, length).join('').trim()

/** What calls itself a website and must not become a link. */
export const hostileUrls = [
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'java\tscript:alert(1)',
  'javascript://blog.example/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'blob:https://blog.example/x',
  'file:///etc/passwd',
  '//evil.example',
  'https://good.example@evil.example',
  'https://a.example/"onmouseover="alert(1)',
  "https://a.example/'onmouseover='alert(1)",
  'https://a.example/<script>alert(1)</script>',
  'https://a.example/ onmouseover=alert(1)',
  'https:\\\\evil.example',
  'https:/\\evil.example',
  'https://[::1',
  'https://a.example/\u2028x',
]

/** Eight of them, one of each kind, for the way through the database. */
export const wireUrls = [
  'JAVASCRIPT:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'javascript://blog.example/%0aalert(1)',
  '//evil.example',
  'https://good.example@evil.example',
  'https://a.example/"onmouseover="alert(1)',
  'https:/\\evil.example',
  'https://a.example/\u2028x',
]

/** Origins that look like the registered `https://blog.example` and are not. */
export const foreignOrigins = [
  'null',
  'https://evil.example',
  'https://blog.example.evil.example',
  'https://evilblog.example',
  'https://evil.example/https://blog.example',
  'http://blog.example',
  'https://blog.example:8443',
  'https://blog.example:443',
  'https://blog.example.',
  'https://blog.example/',
  'https://BLOG.example',
  'HTTPS://blog.example',
  'https://user@blog.example',
  'https://blog.example https://evil.example',
  'https://blog.example, https://evil.example',
  'https://sub.blog.example',
  'https://blog.example%00.evil.example',
  'http://localhost:3000',
  '*',
]

/** What a request may claim of where it comes from and what it wants; none of it may change what is public. */
export const claims: Record<string, string> = {
  accept: 'text/plain',
  'accept-language': 'ja',
  cookie: 'hankyo_session=x; lang=ja',
  forwarded: 'for=203.0.113.9;host=evil.example;proto=http',
  origin: 'https://evil.example',
  referer: 'https://evil.example/post',
  'user-agent': 'Googlebot',
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-port': '1',
  'x-forwarded-prefix': '/evil',
  'x-forwarded-proto': 'http',
  'x-forwarded-scheme': 'http',
  'x-host': 'evil.example',
  'x-http-method-override': 'DELETE',
  'x-original-host': 'evil.example',
  'x-original-url': '/v1/queue',
  'x-rewrite-url': '/v1/queue',
}

/** Fields that nobody but the worker sets, under every name they might have. */
export const privileges = {
  constructor: { prototype: { isAdmin: true } },
  prototype: { isAdmin: true },
  isAdmin: true,
  status: 'approved',
  verdict: 'approve',
  action: 'approve',
  role: 'owner',
  site: 'other',
  site_id: 'other',
  siteId: 'other',
  authorId: 'ffffffff',
  author_id: 1,
  badge: 'Editor',
  likes: 1000,
  pinned: true,
  pinned_at: 1,
  shown_revision: 1,
  shownRevision: 1,
  vouched: 100,
  erased: 0,
  seq: 1,
  createdAt: '1970-01-01T00:00:00.000Z',
  created_at: 1,
  editedAt: null,
  own: { status: 'approved' },
  replies: { count: 99 },
}

/** The body with every privilege claimed, its prototype among them, whatever it says itself. */
export const claiming = (body: object) =>
  `{"__proto__":${JSON.stringify(privileges)},${JSON.stringify({ ...privileges, ...body }).slice(1)}`
