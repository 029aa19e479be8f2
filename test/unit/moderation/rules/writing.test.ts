import { describe, expect, it } from 'vitest'
import type { Finding, FindingCode } from '../../../../worker/contract/findings.ts'
import { codes, found } from './facts.ts'

const of = <Code extends FindingCode>(code: Code, body: string) =>
  found({ body }).filter((finding): finding is Extract<Finding, { code: Code }> => finding.code === code)

describe('Words of two alphabets', () => {
  it.each([
    ['Cyrillic in an English word', 'Visit our саsino tonight', 'саsino'],
    ['Cyrillic at its end', 'Buy viagrа here', 'viagrа'],
    ['Greek in an English word', 'free viαgra and pοrn', 'viαgra, pοrn'],
    ['Latin in a Russian word', 'Лучшее кaзино и бoнуcы', 'кaзино, бoнуcы'],
    ['Latin in a Greek word', 'δωρeάν καζίνo', 'καζίνo'],
    ['Armenian in an English word', 'best cаsinօ, հotel', 'cаsinօ, հotel'],
    ['Cherokee among capitals', 'CᎪSINO', 'CᎪSINO'],
    ['hidden by an invisible character', 'са\u200bsino', 'саsino'],
    ['with digits', 'саs1nо', 'саs1nо'],
  ])('are found: %s', (_, body, words) => {
    expect(of('mixed_script', body)).toMatchObject([{ weight: 3, params: { words: words.split(', ') } }])
  })

  it('are found in the name', () => {
    expect(codes({ name: 'Аdmin' })).toEqual(['mixed_script'])
  })

  it('are counted, and the first of them named', () => {
    const body = Array.from({ length: 9 }, (_, index) => `саsino${'abcdefghi'[index]}`).join(' ')
    const [finding] = of('mixed_script', body)
    expect(finding?.params.count).toBe(9)
    expect(finding?.params.words).toHaveLength(5)
  })

  it.each([
    ['Russian', 'Спасибо за статью, очень полезно. Жду продолжения!'],
    ['Ukrainian', 'Дякую, дуже цікаво. Їжа була смачною'],
    ['Ukrainian with the Latin i of another keyboard', 'Дуже цiкаво про Украiну'],
    ['Serbian', 'Хвала, љубазно од вас, ђаче'],
    ['Greek', 'Ευχαριστώ πολύ για το άρθρο'],
    ['Armenian', 'Շնորհակալություն հոդվածի համար'],
    ['Georgian', 'დიდი მადლობა სტატიისთვის'],
    ['Japanese with Latin', 'TypeScriptの型がGoodです、αテストとβ版'],
    ['Korean with Latin', 'GPU가 빠르네요'],
    ['a Russian word next to an English one', 'Купил новый iPhone и Photoshop, IT-шник'],
    ['a foreign word with a Russian ending', 'Отправил SMSку из Photoshopа и PDFы'],
    ['a first letter before the keyboard was switched', 'Cпасибо большое'],
    ['Greek signs of quantities', 'λ=550 μm, 10 kΩ, Δt = 5 μs, 4,7 kΩ, hν, dθ'],
    ['the ohm and micro signs', '10 k\u2126 and 5 \u00b5m'],
    ['Russian units', '5 кВт·ч, 10 МГц, 100 мкФ'],
    ['names of science', 'TNFα and NFκB with β-catenin, α-helix, IκBα, PPARγ'],
    ['Azeri with a Cyrillic schwa', 'Azәrbaycan'],
    ['Vietnamese', 'Cảm ơn bài viết rất hay'],
    ['Turkish', 'Teşekkürler, çok iyi olmuş İstanbul'],
  ])('are not seen in what people write: %s', (_, body) => {
    expect(of('mixed_script', body)).toEqual([])
  })
})

describe('Invisible characters', () => {
  it.each([
    ['a zero-width space in a word', 'cas\u200bino'],
    ['a joiner in a word', 'cas\u200dino and cas\u2060ino', 2],
    ['a non-joiner between Cyrillic letters', 'ка\u200cзино'],
    ['a byte order mark in a word', 'cas\ufeffino'],
    ['several in one place', 'cas\u200c\u200d\u2060ino'],
    ['soft hyphens between single letters', 'c\u00ada\u00ads\u00adino'],
    ['a variation selector in a word', 'cas\ufe0fino'],
    ['a joiner between kana', 'カ\u200dジノ'],
    ['zero-width spaces around each kana', 'カ\u200bジ\u200bノ'],
    ['a Hangul filler in a word', '카\u3164지노'],
    ['a direction mark in a word', 'cas\u200eino'],
    ['a right-to-left override', 'see \u202egpj.exe'],
    ['a left-to-right override of words', '\u202dשלום casino'],
    ['hidden tags', 'Hello\u{e0069}\u{e0067}\u{e006e}\u{e006f}\u{e0072}\u{e0065}'],
    ['hidden tags after a flag', `\u{1f3f4}${'\u{e0061}'.repeat(30)}\u{e007f}`],
    ['a grapheme joiner in a word', 'cas\u034fino'],
  ])('are found: %s', (_, body, count = 1) => {
    const [finding] = of('invisible_characters', body)
    expect(finding).toMatchObject({ weight: 3 })
    expect(finding?.params.count).toBeGreaterThanOrEqual(count)
  })

  it.each([
    ['emoji families and professions', '👨‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 ❤️‍🔥'],
    ['emoji with variation selectors', 'I ❤️ this ☕️ #️⃣ 1️⃣2️⃣ ©️ ok✌️ok'],
    ['flags of nations', 'Go 🏴󠁧󠁢󠁥󠁮󠁧󠁿 and 🏴󠁧󠁢󠁳󠁣󠁴󠁿!'],
    ['Persian', 'می‌خواهم کتاب‌های خوب را بخوانم'],
    ['Persian with two joiners', 'می‌‌خواهم'],
    ['Hindi', 'क्‍ष और र्‌य'],
    ['Bengali', 'র‍্যাব ও উদ্‌যাপন'],
    ['Malayalam', 'അവന്‍ പറഞ്ഞു'],
    ['Sinhala', 'ශ්‍රී ලංකාව'],
    ['Kannada', 'ರ‍್ಯಾಂಕ್'],
    ['Arabic with marks of direction', 'انظر \u200fHTML\u200f هنا'],
    ['Hebrew with an isolated name', 'תודה \u2068Mika\u2069 על זה'],
    ['Mongolian', 'ᠮᠣᠩᠭᠣᠯ\u180eᠠ ᠪᠣᠯ\u180bᠵᠣ'],
    ['Thai with places to break', 'ภาษา\u200bไทย\u200bง่าย'],
    ['Khmer with places to break', 'សូម\u200bអរគុណ\u200bច្រើន'],
    ['Burmese with places to break', 'ကို\u200bသူ\u200bကို\u200bပေး'],
    ['Japanese with places to break', '今日は\u200bとても\u200b良い\u200b天気です'],
    ['a byte order mark at the start', '\ufeffThanks for this.'],
    ['a byte order mark at the end', 'Thanks for this.\ufeff'],
    ['a zero-width space at the end of a word', 'see this\u200b and that'],
    ['a place to break an address', 'example.com/\u200babout'],
    ['German with soft hyphens', 'Donau\u00addampf\u00adschiff\u00adfahrt'],
    ['a copied telephone number', 'call \u202d+1 555 0100\u202c or \u202a555 0101\u202c'],
    ['a copied date', '\u200e10\u200e/\u200e12\u200e/\u200e2020'],
    ['ideographs with variants', '葛\u{e0100}飾区と辻\u{e0101}さん'],
    ['a copied formula', 'sin\u2061x and a\u2062b'],
    ['Hebrew with points', 'בְּרֵאשִׁ֖ית'],
  ])('are not seen in what people write: %s', (_, body) => {
    expect(of('invisible_characters', body)).toEqual([])
  })
})

describe('Styled letters', () => {
  it.each([
    ['bold', '𝗕𝘂𝘆 𝗻𝗼𝘄'],
    ['script', '𝓬𝓱𝓮𝓪𝓹 watches'],
    ['Fraktur', '𝔴𝔦𝔫 𝔪𝔬𝔫𝔢𝔶'],
    ['circled', 'ⓒⓐⓢⓘⓝⓞ'],
    ['circled, one by one', 'Ⓑ Ⓤ Ⓨ Ⓝ Ⓞ Ⓦ'],
    ['squared', '🄲🄰🅂🄸🄽🄾'],
    ['on black', '🅲🅰🆂🅸🅽🅾'],
    ['fullwidth in English', 'ｃａｓｉｎｏ ｂｏｎｕｓ'],
    ['fullwidth for the most part', 'ＢＵＹ　ＣＨＥＡＰ　ＷＡＴＣＨＥＳ　今'],
    ['small capitals', 'ᴄᴀsɪɴᴏ ᴏɴʟɪɴᴇ'],
    ['raised', 'ᶜᵃˢⁱⁿᵒ'],
    ['one letter within a word', 'v𝗂agra pills'],
  ])('are found: %s', (_, body) => {
    expect(of('styled_unicode', body)).toMatchObject([{ weight: 2 }])
  })

  it.each([
    ['Japanese with fullwidth letters', 'ＮＨＫのニュースとＷｉｎｄｏｗｓの話をＣＤで聞いた'],
    ['a few fullwidth letters alone', 'ＯＫ'],
    ['an emoticon', '（＾ｏ＾）ｗｗｗ'],
    ['numbers in circles', '①②③を見て、⑩まで ➊➋➌'],
    ['sets of numbers', 'ℝ, ℂ, ℕ ⊂ ℤ and ℵ₀'],
    ['formulas', '𝑓(𝑥) = 𝑎𝑥² + 𝑏𝑥 + 𝑐, 𝐸 = 𝑚𝑐², ∫ sin𝑥 d𝑥'],
    ['vectors', '𝐀𝐱 = 𝐛 with det 𝐀 ≠ 0'],
    ['ordinals', 'the 1ˢᵗ, 2ⁿᵈ and 3ʳᵈ, Mᵐᵉ, nº'],
    ['signs of rights', 'Ⓒ 2026 Ⓡ ™ ℠'],
    ['blood types and parking', '🅰️🅱️🅾️🆎🅿️'],
    ['flags', '🇯🇵🇫🇷🇬🇧'],
    ['phonetics', '/ˈnɪʃɪn/ and [ʁɛʒ], ɴ ʟ ʀ'],
    ['units', '㎏ ㎡ ℃ № Å'],
    ['Cyrillic and Greek', 'Спасибо, ευχαριστώ'],
    ['accents', 'Crème brûlée, Łódź, Ærø'],
  ])('are not seen in what people write: %s', (_, body) => {
    expect(of('styled_unicode', body)).toEqual([])
  })
})
