import { describe, expect, it } from 'vitest'
import { inEnglish, inJapanese, texts } from './corpus.ts'
import { bandsOf, lessonsOf, modelOf, opinionOf } from './lessons.ts'

/** Good and bad comments in languages that no lesson is in. */
const foreign: Record<string, string[]> = {
  Indonesian: [
    'Terima kasih banyak, artikelnya sangat membantu saya.',
    'Saya sudah mencoba resep ini kemarin dan hasilnya enak sekali.',
    'Daftar slot gacor hari ini, bonus new member 100% langsung cair di situs kami.',
    'Akhirnya menang besar di sini, modal kecil saja, link ada di profil saya.',
  ],
  Spanish: [
    'Muchas gracias por el artículo, me ha gustado mucho la segunda parte.',
    'Yo probé esta receta ayer y quedó demasiado seca, ¿alguien sabe por qué?',
    'Gana dinero desde casa con nuestro casino en línea, bono sin depósito, escríbeme por WhatsApp.',
    'Invierte en criptomonedas y duplica tu bitcoin en una semana, ganancias garantizadas.',
  ],
  German: [
    'Vielen Dank für den Artikel, der zweite Teil hat mir besonders gut gefallen.',
    'Ich habe das Rezept gestern ausprobiert, leider wurde das Brot zu trocken.',
    'Verdiene Geld von zu Hause aus, Casino Bonus ohne Einzahlung, schreib mir auf WhatsApp.',
    'Sofort Kredit ohne Prüfung, in wenigen Minuten auf dem Konto, jetzt anrufen.',
  ],
  French: [
    'Merci beaucoup pour cet article, la deuxième partie m’a beaucoup plu.',
    'Gagnez de l’argent depuis chez vous, bonus casino sans dépôt, contactez-moi sur WhatsApp.',
  ],
  Italian: [
    'Grazie mille per l’articolo, la seconda parte mi è piaciuta molto.',
    'Guadagna soldi lavorando da casa, senza rischi, scrivimi subito in privato.',
  ],
  Turkish: [
    'Bu yazı için çok teşekkürler, ikinci bölümü çok beğendim.',
    'Evden para kazan, bedava bahis bonusu için WhatsApp hattımıza yaz.',
  ],
  Vietnamese: [
    'Cảm ơn bài viết, phần thứ hai rất hay và dễ hiểu.',
    'Kiếm tiền tại nhà, casino trực tuyến, liên hệ Zalo ngay hôm nay.',
  ],
  Russian: [
    'Спасибо за статью, вторая часть мне особенно понравилась.',
    'Заработок в интернете без вложений, пиши в телеграм, казино бонус каждому.',
  ],
  Japanese: [
    'ありがとうございます、とても勉強になりました。',
    '副業で月三十万円、今すぐLINEで登録してください。',
    'オンラインカジノが今だけ完全無料、公式ラインまで。',
  ],
  Chinese: ['感谢分享，学到了很多。', '在家赚钱，加微信领取赌场奖金。'],
  Korean: ['시간 내서 써 주셔서 감사합니다.', '온라인 카지노 보너스 지급, 텔레그램 문의 주세요.'],
  Arabic: ['شكرا جزيلا على هذا المقال المفيد.', 'اربح المال من المنزل مع كازينو اون لاين، تواصل واتساب.'],
  Hebrew: ['תודה רבה על המאמר, החלק השני מצוין.', 'להרוויח כסף מהבית, בונוס קזינו, דברו איתי בוואטסאפ.'],
  Hindi: ['इस लेख के लिए बहुत धन्यवाद।', 'घर बैठे पैसे कमाएँ, कैसीनो बोनस, व्हाट्सएप करें।'],
  Thai: ['ขอบคุณสำหรับบทความครับ อ่านแล้วได้ความรู้มาก', 'สล็อตเว็บตรง เครดิตฟรี สมัครเลยวันนี้'],
  Greek: ['Ευχαριστώ πολύ για το άρθρο.', 'Κερδίστε χρήματα από το σπίτι, μπόνους καζίνο.'],
}

describe('A learner of English', () => {
  const model = modelOf(lessonsOf(inEnglish(200)))

  it.each(Object.entries(foreign))('has not learnt %s, whatever is said in it', (_, all) => {
    expect(bandsOf(model, all)).toEqual(all.map(() => 'unlearnt'))
  })

  it.each([
    'Ganhe dinheiro em casa com o bônus do cassino, me chame no WhatsApp.',
    'Situs judi online terpercaya, deposit pulsa tanpa potongan, hubungi WhatsApp 0812.',
    'Guadagna soldi da casa con il nostro bonus casino, contattami su Telegram.',
    'Verdien geld vanuit huis met onze casino bonus, stuur me een bericht op WhatsApp.',
  ])('never publishes nor condemns what borrows its words from English: %s', (text) => {
    expect(['unlearnt', 'unsure']).toContain(opinionOf(model, text).band)
  })

  it.each(['👍👍👍', '12345 67890', '!!!', '', 'zxqv wvut srqp'])('has not learnt %j', (text) => {
    expect(opinionOf(model, text)).toMatchObject({ band: 'unlearnt', terms: [] })
  })

  it('knows English that it has not read yet', () => {
    expect(
      bandsOf(
        model,
        inEnglish(60, 77).map(({ text }) => text),
      ),
    ).not.toContain('unlearnt')
  })

  it('is not certain of a text that it has not read to the end', () => {
    const [text] = texts(inEnglish(20, 77), 'fine').filter((one) => opinionOf(model, one).band === 'fine')
    const long = Array.from({ length: 80 }, () => text).join(' ')
    expect(long.length).toBeGreaterThan(4000)
    expect(opinionOf(model, long.slice(0, 3900)).band).toBe('fine')
    expect(opinionOf(model, long).band).toBe('unsure')
  })
})

describe('A learner of English and Japanese', () => {
  const model = modelOf(lessonsOf([...inEnglish(100), ...inJapanese(100)]))

  it('judges both', () => {
    const some = [...inEnglish(40, 77), ...inJapanese(40, 77)]
    const bands = bandsOf(
      model,
      some.map(({ text }) => text),
    )
    expect(bands.filter((band) => band === 'unlearnt').length).toBeLessThanOrEqual(0.05 * some.length)
    const wrong = some.filter(({ label }, at) => bands[at] === (label === 'fine' ? 'spam' : 'fine'))
    expect(wrong.length).toBeLessThanOrEqual(0.05 * some.length)
    expect(bands.filter((band) => band !== 'unsure').length).toBeGreaterThan(0.4 * some.length)
  })

  it('has learnt no other language by that, and decides of none', () => {
    const others = Object.keys(foreign).filter((language) => language !== 'Japanese')
    const bands = others.flatMap((language) => bandsOf(model, foreign[language] ?? []))
    expect(bands.filter((band) => band === 'fine' || band === 'spam')).toEqual([])
    expect(bands.filter((band) => band === 'unlearnt').length).toBeGreaterThan(0.9 * bands.length)
  })

  it('needs 15 of each class in Japanese, at the weight they have', () => {
    const english = lessonsOf(inEnglish(100))
    const [text] = texts(inJapanese(10, 77), 'fine') as [string]
    const taught = (ofEach: number, from = {}) =>
      opinionOf(
        modelOf([...english, ...lessonsOf(inJapanese(ofEach), 1000).map((one) => ({ ...one, ...from }))]),
        text,
      )
    expect(taught(14).band).toBe('unlearnt')
    expect(taught(15).band).not.toBe('unlearnt')
    expect(taught(60, { author: 1000 }).band).toBe('unlearnt')
  })
})

describe('A language that only spam was written in', () => {
  const attack = ['slot gacor', 'judi online', 'togel', 'poker', 'bola'].flatMap((game) =>
    ['saya sudah menang', 'teman saya percaya', 'daftar sekarang', 'terima kasih banyak'].flatMap((start) =>
      ['dan langsung cair', 'di situs ini', 'kemarin dengan modal kecil'].map(
        (end) => `${start} ${game} ${end}`,
      ),
    ),
  )

  it('is not condemned for it', () => {
    const told = attack.map((text) => ({ text, label: 'spam' as const }))
    const model = modelOf([...lessonsOf(inEnglish(150)), ...lessonsOf(told, 1000)])
    const good = [
      'Terima kasih banyak, artikelnya sangat membantu saya.',
      'Saya sudah mencoba resep ini kemarin dan hasilnya enak sekali.',
      'Teman saya suka artikel ini, terima kasih untuk penulis.',
      'Foto yang kedua sangat bagus, di mana ini?',
    ]
    expect(bandsOf(model, good)).not.toContain('spam')
    expect(bandsOf(model, attack)).not.toContain('fine')
  })
})
