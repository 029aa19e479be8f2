import { sequence } from '../../../../worker/moderation/learner/regression.ts'
import type { Told } from './corpus.ts'

/** A language as its words are built: each word of a sentence takes one of the first, of the stems and of the last. */
interface Morphology {
  before?: string[]
  stems: string
  after: string[]
}

const morphologies: Record<string, Morphology> = {
  Korean: {
    stems: `글 사진 영상 노래 음식 학교 회사 친구 사람 시간 마음 생각 이야기 문제 방법 가격 제품 배송 후기 여행 날씨 커피
      자전거 도서관 정원 기차 창문 부엌 겨울 외투 박물관 바이올린 강변 토마토 라디오 시간표 이웃 할머니 선생님 동료 저녁 주말
      휴일 봄날 마을 다리 시장 골목 우산 의자 냄비 빵집 꽃밭 나무 바다 언덕 호수 기억 질문 대답 실수 문단 설명 그림 소리 냄새`,
    after:
      '은 는 이 가 을 를 에 에서 으로 까지 부터 도 만 처럼 보다 한테 이나 라서 이라고 에서는 입니다 이네요 이었어요 인데요 이지만 이라면 였습니다 이더라고요'.split(
        ' ',
      ),
  },
  Arabic: {
    before: ['', 'ال', 'وال', 'بال', 'لل', 'و', 'ب', 'فال', 'كال', 'س', 'ي', 'ت'],
    stems: `كتاب بيت مدرسة صورة طعام صديق مدينة شارع سيارة قطار حديقة مطبخ نافذة شتاء متحف نهر جسر سوق شجرة بحر سؤال جواب خطأ فقرة
      شرح رسم صوت وقت قلب فكرة قصة مشكلة طريقة سعر منتج تعليق رحلة طقس قهوة دراجة مكتبة معلم جار جدة زميل مساء عطلة ربيع قرية تل
      بحيرة ذكرى رائحة كرسي مظلة خبز زهرة عمل علم درس لعب سمع`,
    after: ['', '', 'ه', 'ها', 'هم', 'نا', 'ك', 'ي', 'ات', 'ين', 'ون', 'هما', 'كم', 'وا'],
  },
  Indonesian: {
    before: ['', '', 'me', 'di', 'ber', 'ter', 'pe', 'se', 'ke', 'memper'],
    stems: `baca tulis masak jalan rumah sekolah gambar kawan kota kereta kebun dapur jendela dingin museum sungai jembatan pasar
      pohon laut tanya jawab salah jelas suara waktu hati pikir cerita masalah cara harga barang kirim ulas wisata cuaca kopi sepeda
      pustaka guru tetangga nenek rekan sore libur bukit danau ingat cium kursi payung roti bunga kerja ajar main dengar lihat beli
      jual cari tunggu temu pakai buat ubah bantu`,
    after: ['', '', 'kan', 'nya', 'an', 'i', 'annya', 'kannya', 'lah', 'ku', 'mu'],
  },
  Turkish: {
    stems: `kitap ev okul resim yemek arkadaş şehir sokak araba tren bahçe mutfak pencere müze nehir köprü pazar ağaç deniz soru cevap
      hata paragraf çizim ses zaman kalp fikir hikaye sorun yöntem fiyat ürün yorum gezi hava kahve bisiklet kütüphane öğretmen komşu
      meslektaş akşam tatil bahar köy tepe göl anı koku sandalye şemsiye ekmek çiçek`,
    after:
      'lar ler da de dan den ın in ım im larda lerde ların lerin larımız lerimiz dır dir mış miş ya ye yla yle lık lik sız siz cı ci ımızdan imizden'.split(
        ' ',
      ),
  },
  Finnish: {
    stems: `kirja talo koulu kuva ruoka ystävä kaupunki katu auto juna puutarha keittiö ikkuna talvi museo joki silta tori puu meri
      kysymys vastaus virhe kappale piirros ääni aika sydän ajatus tarina ongelma tapa hinta tuote kommentti matka sää kahvi pyörä
      kirjasto opettaja naapuri isoäiti työkaveri ilta loma kevät kylä mäki järvi muisto tuoksu tuoli sateenvarjo leipä kukka`,
    after:
      'n a ssa sta lla lta lle ksi na tta issa ista illa ilta ille iksi ien ni si nsa mme nne kin kaan ssani stani llamme istaan ssakin'.split(
        ' ',
      ),
  },
}

/** Languages that bend their words, or write small words onto others. */
export const inflectedLanguages = Object.keys(morphologies)

/** Sentences of four to nine words of a language, of each class in turn; the same for a seed. */
export function inflected(language: string, count: number, seed = 1): Told[] {
  const { before = [''], stems, after } = morphologies[language] as Morphology
  const random = sequence(seed)
  const one = (items: string[]) => items[Math.floor(random() * items.length)] as string
  const all = stems.split(/\s+/)
  return Array.from({ length: count }, (_, at) => {
    const words = Array.from(
      { length: 4 + Math.floor(random() * 6) },
      () => one(before) + one(all) + one(after),
    )
    return { text: `${words.join(' ')}.`, label: at % 2 === 0 ? 'fine' : 'spam' }
  })
}
