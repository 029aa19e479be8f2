import * as authorExport from './contract/authorExport.ts'
import * as authors from './contract/authors.ts'
import * as history from './contract/commentHistory.ts'
import * as erasures from './contract/erasures.ts'
import * as notes from './contract/notes.ts'
import * as persons from './contract/persons.ts'
import * as phrases from './contract/phrases.ts'
import * as queue from './contract/queue.ts'
import * as quotes from './contract/quotes.ts'
import * as replies from './contract/replies.ts'
import * as staffEdits from './contract/staffEdits.ts'
import * as thread from './contract/staffThread.ts'
import * as voices from './contract/voices.ts'
import { deleteVoice, postVoice, postWithVoice } from './routes/author/voice.ts'
import { getAuthor, getAuthorExport, getAuthorText, putTrust } from './routes/moderator/authors.ts'
import { getComment, patchComment } from './routes/moderator/comments.ts'
import {
  deleteNote,
  getColleagues,
  getMentions,
  getNotes,
  getUnseenMentions,
  postNote,
  putSeenMentions,
} from './routes/moderator/notes.ts'
import { deletePin, putPin } from './routes/moderator/pins.ts'
import { postReply } from './routes/moderator/replies.ts'
import {
  deleteCheck,
  deleteClosure,
  getStaffThread,
  getThreads,
  patchThread,
  postCheck,
  postClosure,
  putTitle,
} from './routes/moderator/threads.ts'
import { postVoices } from './routes/moderator/voices.ts'
import { deleteAuthor, getErasure, getQuotes } from './routes/owner/erasures.ts'
import { postPersonSearch } from './routes/owner/persons.ts'
import { getAnswers, getReasons, putAnswers, putReasons } from './routes/owner/phrases.ts'
import { getAsking, getProof, postAsking, postProof } from './routes/pages/persons.ts'
import { get, lines, patch, post, put, type Route, remove, staff } from './routes/route.ts'

/**
 * Routes of one comment, of its thread and its author, of what staff notes of either, and of how staff answers: on the pages of a site,
 * and in words that are said often. A part of `routes.ts`.
 */
export const commentRoutes: Route[] = [
  ...staff({ may: 'comments.answer', thing: 'comment' }, [
    post('/v1/comments/:id/replies', postReply, replies.reply),
  ]),
  ...staff({ may: 'comments.edit', thing: 'comment' }, [
    patch('/v1/comments/:id', patchComment, staffEdits.editAsStaff),
  ]),
  ...staff({ may: 'comments.pin', thing: 'comment' }, [
    put('/v1/comments/:id/pin', putPin, queue.pin),
    remove('/v1/comments/:id/pin', deletePin, queue.unpin),
  ]),
  ...staff({ may: 'queue.read', thing: 'comment' }, [
    get('/v1/comments/:id', getComment, history.readHistory),
    get('/v1/comments/:id/notes', getNotes('comment'), notes.listNotes),
  ]),
  ...staff({ may: 'notes.change', thing: 'comment' }, [
    post('/v1/comments/:id/notes', postNote('comment'), notes.addNote),
    remove('/v1/comments/:id/notes/:note', deleteNote('comment'), notes.removeNote),
  ]),
  ...staff({ may: 'queue.read', thing: 'author' }, [
    get('/v1/authors/:id', getAuthor, authors.readAuthor),
    get('/v1/authors/:id/notes', getNotes('author'), notes.listNotes),
  ]),
  ...staff({ may: 'authors.trust', thing: 'author' }, [
    put('/v1/authors/:id/trust', putTrust, authors.pinTrust),
  ]),
  ...staff({ may: 'authors.export', thing: 'author' }, [
    get('/v1/authors/:id/export', getAuthorExport, authorExport.exportAuthor),
    get('/v1/authors/:id/export.md', getAuthorText, authorExport.exportAuthorText),
  ]),
  ...staff({ may: 'authors.erase', thing: 'author' }, [
    get('/v1/authors/:id/erasure', getErasure, erasures.readErasure),
    get('/v1/authors/:id/quotes', getQuotes, quotes.readQuotes),
    remove('/v1/authors/:id', deleteAuthor, erasures.eraseAuthor),
  ]),
  ...staff('authors.erase', [post('/v1/persons/searches', postPersonSearch, persons.findPerson)]),
  ...staff({ may: 'notes.change', thing: 'author' }, [
    post('/v1/authors/:id/notes', postNote('author'), notes.addNote),
    remove('/v1/authors/:id/notes/:note', deleteNote('author'), notes.removeNote),
  ]),
  ...staff({ may: 'queue.read', thing: 'thread' }, [
    get('/v1/threads/:id', getStaffThread, thread.readStaffThread),
  ]),
  ...staff('threads.change', [get('/v1/threads', getThreads, thread.listThreads)]),
  ...staff({ may: 'threads.change', thing: 'thread' }, [
    patch('/v1/threads/:id', patchThread, thread.changeThread),
    post('/v1/threads/:id/closure', postClosure, queue.closeThread),
    remove('/v1/threads/:id/closure', deleteClosure, queue.reopenThread),
    post('/v1/threads/:id/check', postCheck, queue.checkThread),
    remove('/v1/threads/:id/check', deleteCheck, queue.uncheckThread),
    put('/v1/threads/:id/title', putTitle, queue.renameThread),
  ]),
  ...staff('queue.read', [
    get('/v1/mentions', getMentions, notes.listMentions),
    get('/v1/mentions/unseen', getUnseenMentions, notes.countMentions),
    put('/v1/mentions/seen', putSeenMentions, notes.seeMentions),
  ]),
  ...staff('notes.change', [get('/v1/sites/:site/colleagues', getColleagues, notes.listColleagues)]),

  ...staff('comments.answer', [post('/v1/sites/:site/voices', postVoices, voices.giveVoice)]),
  ...lines('author', [
    post('/v1/sites/:site/voice', postVoice, voices.takeVoice),
    remove('/v1/sites/:site/voice', deleteVoice, voices.endVoice),
    post('/v1/sites/:site/voice/comments', postWithVoice, voices.postWithVoice),
  ]),
  ...staff('phrases.read', [
    get('/v1/sites/:site/reasons', getReasons, phrases.readReasons),
    get('/v1/sites/:site/saved-answers', getAnswers, phrases.readAnswers),
  ]),
  ...staff('savedAnswers.change', [put('/v1/sites/:site/saved-answers', putAnswers, phrases.replaceAnswers)]),
  ...staff('reasons.change', [put('/v1/sites/:site/reasons', putReasons, phrases.replaceReasons)]),
]

/** Pages of ours on which somebody sees, takes along and erases what is kept of their e-mail address. */
export const personPages: Route[] = lines('anyone', [
  get('/p', getAsking, {
    summary: 'Asks for an e-mail address, to mail there a link to what is kept of it.',
    answers: { 200: 'text/html' },
  }),
  post('/p', postAsking, { summary: 'Mails it.', answers: { 200: 'text/html' } }),
  get('/p/:token', getProof, {
    summary: 'Asks whether that link is to be used, which can be done once.',
    answers: { 200: 'text/html' },
  }),
  post('/p/:token', postProof, {
    summary: 'Shows what is kept of the address, hands it over, and erases it.',
    answers: { 200: 'text/html' },
  }),
])
