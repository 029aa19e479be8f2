import { fold } from './normalize.ts'

/**
 * What a comment's author calls themself who advertises a trade, and hardly anybody else: a line a language. Words
 * that are names of people, too (Price, Best, Sale), are none.
 */
const wordsOfTrade = `
agencies agency app apps assignment attorney attorneys backlink backlinks bet betting bitcoin boxes broker brokers business buy casino casinos cheap cheapest cleaning clinic companies company consultancy consultants contractor contractors cosmetics coupon coupons credit cryptocoin cryptocurrency deals dentist dentists detox developers development diet dissertation download electrician electricians escort escorts essay essays exchange flights flooring followers forex gambling generator homework hosting hotels insurance investment jackpot jewelry keto lawyer lawyers lender loan loans locksmith locksmiths luxury mattress mortgage movers moving online outlet packaging packers payday pest pharmacy pills plumber plumbers plumbing poker printing products quotes realty refund remodeling removal rental rentals repair repairs replica review reviews roofing seo service services shoes shop shopping signals slot slots software solar solution solutions sportsbook store streaming supplement supplements supplier suppliers supplies surgery taxi tours transplant travels treatment unlock vape viagra villas visa vpn wholesale
angebot angebote anwalt autoankauf billig billige dachdecker entrumpelung fahrschule finanzierung gunstig gunstige gunstiger haushaltsauflosung immobilien kaufen kredit kredite notdienst onlineshop potenzmittel rechtsanwalt rohrreinigung schlusseldienst sofortkredit sportwetten umzug umzugsfirma vergleich versicherung
acheter agence assurance avocat comparatif demenagement depannage devis formation gratuit livraison plombier pret rachat referencement rencontre serrurier simulation travaux voyance
abogado abogados agencia alquiler apuestas barata baratas barato baratos cerrajero cerrajeros comprar creditos cursos desatascos diseno fontanero fontaneros mudanzas ofertas prestamo prestamos reformas seguidores seguros tienda
advogado apostas assistencia cassino consultoria curso dedetizadora desentupidora emagrecer emprestimo emprestimos encanador jogos loja orcamento
бонус букмекер бухгалтер дешево диплом доставка займ займы заказать казино клининг кредит кредиты купить натяжные недорого онлайн оптом перевозки продвижение прокат промокод путаны ремонт скидки слоты ставки уборка услуги цена цены эвакуатор юрист
agen bandar bola gacor harga jasa judi jual murah obat online pinjaman poker sewa situs slot taruhan terpercaya togel toko
أثاث أرخص استثمار تأمين تداول تسويق تنظيف خدمات خصم شراء شركة عروض قروض كازينو متجر نقل
`

/** The same of scripts in which words are found within others. */
const unspacedWords = `
seo対策 アフィリエイト アプリ エステ オンライン カジノ キャッシング クーポン クリニック クレジット サプリ ダイエット ブランド ランキング 不用品 不動産 中古車 人気 介護 代行 便利屋 修理 保険 即日 口コミ 業者 副業 出会い 化粧品 占い 引越 引っ越し 比較 無料 求人 浮気 激安 稼 税理士 脱毛 見積 葬儀 評判 買取 転職 送料 通販 遺品整理 投資 格安 融資 探偵 風俗
代购 代理 优化 优惠 公司 兼职 办证 博彩 发票 娱乐城 平台 彩票 批发 推广 棋牌 网站 贷款 赌场 赚钱 减肥 配资 代購 優化 優惠 兼職 娛樂城 推廣 批發 發票 網站 貸款 賭場 賺錢 減肥 當舖
광고 다이어트 대출 도박 마케팅 마사지 바카라 보험 부업 사이트 성형 슬롯 업체 최저가 출장 카지노 코인 토토 할인
รับจ้าง เงินกู้ คาสิโน สล็อต บาคาร่า ราคาถูก หวย แทงบอล
`

const listed = (text: string) =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => (/^[a-z]+$/.test(word) ? word : fold(word)))

interface Lists {
  words: Set<string>
  /** Those long enough to be the beginning of a compound, or a part of a host's name: others are in names of people. */
  beginnings: string[]
  parts: string[]
  unspaced: string[]
}
let lists: Lists | undefined

function readLists(): Lists {
  const words = listed(wordsOfTrade)
  const ofLength = (least: number) => words.filter((word) => word.length >= least)
  return {
    words: new Set(words),
    beginnings: ofLength(7),
    parts: ofLength(5),
    unspaced: listed(unspacedWords),
  }
}

/** Whether a name, as its folded words, says what somebody trades in. */
export function isNameOfTrade(words: string[]): boolean {
  lists ??= readLists()
  const { words: whole, beginnings, unspaced } = lists
  return words.some(
    (word) =>
      whole.has(word) ||
      beginnings.some((known) => word.startsWith(known)) ||
      unspaced.some((known) => word.includes(known)),
  )
}

/** The same of a host, as its folded labels. */
export function isHostOfTrade(labels: string[]): boolean {
  lists ??= readLists()
  const { words, parts, unspaced } = lists
  return labels.some(
    (label) => words.has(label) || [...parts, ...unspaced].some((known) => label.includes(known)),
  )
}
