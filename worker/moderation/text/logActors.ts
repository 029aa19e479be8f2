import { lookOf } from './nameLikeness.ts'

/** What the log calls who is no member of staff, and readers the editors, in each language, with an article or without. */
const names = [
  'Hankyo|Hankyo screening|反響',
  'Screening|The screening|Author|The author|Operator|The operator|Editor|Editors|The editors',
  '自動審査|スクリーニング|審査|投稿者|管理者|編集部|編集者',
  'الفحص الآلي|الفحص|كاتب التعليق|الكاتب|مشغّل الخادم|المحررون|هيئة التحرير|التحرير',
  'Vorprüfung|Die Vorprüfung|Autor|Der Autor|Betreiber|Der Betreiber|Redaktion|Die Redaktion',
  'El filtrado|Filtrado|El autor|Autor|El operador|Operador|La redacción|Redacción',
  'Le filtrage|Filtrage|L’auteur|Auteur|L’opérateur|Opérateur|La rédaction|Rédaction',
  'Penyaringan|Penulis|Operator|Redaksi',
  '자동 심사|심사|작성자|서버 운영자|운영자|편집부|편집자',
  'Triagem automática|Triagem|Autor|O autor|Operador|O operador|Redação|A redação',
  'Автопроверка|Автор|Оператор сервера|Оператор|Редакция|Редактор',
  '自动审核|评论者|服务器管理者|编辑部|编辑',
  '自動審核|留言者|伺服器管理者|編輯部|編輯',
].flatMap((line) => line.split('|'))

/** Capitals look like other letters than small ones do. */
const looksOf = (name: string) => [name, name.toLowerCase(), name.toUpperCase()].map(lookOf)

const looks = new Set(names.flatMap(looksOf))

/** Whether a name looks like what the log or a thread calls somebody who is no person of the staff. */
export const isLogActor = (name: string): boolean => looksOf(name).some((look) => looks.has(look))
