//! The only source of limits. Units stand last in the name; relations between limits are asserted below.

/// Bytes of one WebSocket message from a client that has joined: a first push is one message with a whole document.
pub const FRAME_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Bytes of one WebSocket message before `join`.
pub const FRAME_BYTES_BEFORE_JOIN_MAX: usize = 64 * 1024;
/// Nesting of maps and arrays in a frame; the protocol needs three.
pub const CBOR_DEPTH_MAX: usize = 8;
/// Items (keys, values, elements) in a frame, the opaque payload not counted.
pub const CBOR_ITEMS_MAX: usize = 512;
/// Frames one message may be cut into; browsers cut at 64 KiB or more.
pub const FRAME_FRAGMENTS_MAX: usize = 1_024;
/// Bytes of the peer id a client gives itself.
pub const PEER_ID_BYTES_MAX: usize = 256;
/// How long a write to one connection may be blocked.
pub const SEND_WAIT_MS_MAX: u64 = 10_000;
/// Connections of one person: tabs, telephones, and those not yet known to be dead.
pub const CONNECTIONS_PER_PERSON_MAX: usize = 64;
/// How long a connection may wait with `join`.
pub const JOIN_WAIT_MS_MAX: u64 = 10_000;
/// How often the server pings; browsers cannot.
pub const PING_EVERY_MS: u64 = 20_000;
/// A connection silent for this long is dropped.
pub const SILENCE_MS_MAX: u64 = 60_000;
/// How long a question to a line without news is held: shorter than the half minute after which proxies give up.
pub const LINE_HOLD_MS_MAX: u64 = 20_000;
/// A line that nobody asks for this long ends; it is asked again at once after each answer.
pub const LINE_SILENCE_MS_MAX: u64 = 30_000;
/// What becomes ready within this time after the first frame goes into the same answer…
pub const LINE_GATHER_MS: u64 = 10;
/// …and answers follow each other no faster than this: a busy workshop costs ten requests a second, not hundreds.
pub const LINE_ANSWER_EVERY_MS: u64 = 100;
/// Bytes of frames in one answer of a line, beyond a single larger frame.
pub const LINE_ANSWER_BYTES_MAX: usize = 256 * 1024;
/// Frames in one request to a line.
pub const LINE_FRAMES_MAX: usize = 1_024;
/// How long the body of a request to a line may stand still.
pub const LINE_BODY_WAIT_MS_MAX: u64 = 10_000;
/// How long a line that has ended waits to be asked why…
pub const LINE_END_MS_MAX: u64 = 10_000;
/// …and can be asked again, where the answer was lost.
pub const LINE_END_AGAIN_MS: u64 = 5_000;
/// Frames waiting for one slow reader.
pub const OUTBOX_FRAMES_MAX: usize = 1024;
/// Bytes waiting for one slow reader, beyond a single larger frame.
pub const OUTBOX_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Bytes of frames waiting for one shard; a socket that would exceed it is not read until there is room.
pub const INBOX_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Commands waiting for one shard.
pub const INBOX_INPUTS_MAX: usize = 4096;

/// Heads in a sync message.
pub const SYNC_HEADS_MAX: usize = 1_024;
/// Hashes a peer may ask for in one sync message.
pub const SYNC_NEED_MAX: usize = 10_000;
/// Summaries in a sync message.
pub const SYNC_HAVE_MAX: usize = 4;
/// Changes a peer's bloom filter may stand for; its bytes must be there as well.
pub const BLOOM_ENTRIES_MAX: u64 = 5_000_000;
/// Chunks in one sync message: as many keystrokes as fit into a frame, each a change of 80 bytes or more.
pub const SYNC_CHUNKS_MAX: usize = FRAME_BYTES_MAX / 80;
/// Changes waiting on one connection for their dependencies. A filter's false positive can withhold the first change
/// of a day's offline work: all the others then wait for it, and must not be refused for their number.
pub const ORPHAN_CHANGES_MAX: usize = 20_000;
/// Bytes of changes waiting on one connection for their dependencies.
pub const ORPHAN_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Stored bytes of one document.
pub const DOCUMENT_BYTES_MAX: u64 = 50 * 1024 * 1024;
/// Bytes the compressed chunks of one message may inflate to, all together.
pub const INFLATED_BYTES_MAX: usize = 32 * 1024 * 1024;
/// How many times its packed size a chunk or column may inflate to.
pub const INFLATE_RATIO_MAX: usize = 100;
/// Bytes a chunk or column may inflate to whatever its ratio: a long text of one character packs very well.
pub const INFLATE_RATIO_FREE_BYTES: usize = 1024 * 1024;
/// Operations in one change: a pasted book chapter is one change of 60,000 characters.
pub const CHANGE_OPS_MAX: u64 = 100_000;
/// Operations in all changes of one message; with more, none is read, so none can be refused by name.
pub const MESSAGE_OPS_MAX: u64 = 1_000_000;
/// Operations in all changes of one document, with the numbers they skip.
pub const DOCUMENT_OPS_MAX: u64 = 2_000_000;
/// How far the first operation of a change may lie beyond the document's last. Who edits an earlier version skips
/// the numbers used since; beyond the document's last there are only those of changes that are still on their way.
pub const START_OP_AHEAD_MAX: u64 = 10_000;
/// Objects within objects within the root of a document.
pub const DOCUMENT_DEPTH_MAX: usize = 32;
/// Bytes of one key of a map, or of the name of a mark.
pub const KEY_BYTES_MAX: usize = 256;
/// Bytes of one value. The characters of a text are values of their own, so a long text is no long value.
pub const SCALAR_BYTES_MAX: u64 = 256 * 1024;
/// Bytes of the message somebody wrote to a change, and of what newer formats add to it.
pub const CHANGE_MESSAGE_BYTES_MAX: usize = 256;
/// How far a change's time may lie from 1970, either way: JavaScript counts no further. A wrong clock is far within;
/// beyond, the difference of two times is more than automerge can write.
pub const CHANGE_TIME_MAX: u64 = (1 << 53) - 1;
/// Changes a change may build on directly.
pub const CHANGE_DEPS_MAX: usize = 64;
/// Operations of a change that is looked at for plain typing; a larger one is applied before it is stored.
pub const TYPING_OPS_MAX: usize = 2_000;
/// Changes of plain typing that are stored and wait to be applied: this share of all changes of the document…
pub const UNAPPLIED_SHARE: usize = 32;
/// …but at least so many…
pub const UNAPPLIED_CHANGES_MIN: usize = 128;
/// …and at most so many.
pub const UNAPPLIED_CHANGES_MAX: usize = 8_192;
/// They are applied when nobody has written for this long.
pub const UNAPPLIED_IDLE_MS: u64 = 1_000;
/// Bytes of sync messages one batch of a document takes together.
pub const BATCH_BYTES_MAX: usize = 4 * 1024 * 1024;
/// What a slice of a longer message may cost, in microseconds of a processor: others' edits wait no longer for it.
pub const SLICE_COST_MAX: u64 = 4_000;
/// What a person's messages may cost over time: a fifth of a processor. Twenty-five people who type use less than a
/// thousandth each.
pub const SHARE_COST_PER_MS: u64 = 200;
/// What a person may have spent and still be served while others have something to do.
pub const BURST_COST_MAX: u64 = 50_000;
/// Who spends no more than this over time is modest, and served before others: somebody who types before two hundred
/// readers spends half of it.
pub const MODEST_COST_PER_MS: u64 = 20;
/// What the modest may have spent at once.
pub const MODEST_COST_MAX: u64 = 5_000;
/// Who was not is modest again a second later.
pub const MODEST_DEBT_COST_MAX: u64 = MODEST_COST_MAX + 1_000 * MODEST_COST_PER_MS;
/// What those who have spent more are given in one turn, while others have something to do.
pub const TURN_COST_MAX: u64 = 2_000;
/// Shares bind for this long after a modest person was served. When only those work who want much, they may have it.
pub const CONTENDED_MS: u64 = 250;
/// Debts that were made while nobody else had anything to do are remembered up to here.
pub const DEBT_COST_MAX: u64 = 2 * BURST_COST_MAX;
/// A person whose messages have waited for their turn for this long without a break floods the server.
pub const FLOOD_MS_MAX: u64 = 600_000;
/// Bytes of one connection's messages that may wait for their turn; then its socket is not read.
pub const CONNECTION_INBOX_BYTES_MAX: usize = FRAME_BYTES_MAX;
/// Messages of one connection that may wait for their turn, however short.
pub const CONNECTION_INBOX_MESSAGES_MAX: usize = 128;
/// Refused changes remembered for a connection and document; what builds on them is refused too.
pub const REFUSED_REMEMBERED_MAX: usize = 10_000;
/// Bytes of an actor id.
pub const ACTOR_BYTES_MAX: usize = 32;
/// Characters of an actor id, in hex.
pub const ACTOR_CHARS_MAX: usize = 2 * ACTOR_BYTES_MAX;
/// Documents one connection may have open.
pub const OPEN_DOCUMENTS_MAX: usize = 10_000;

/// Bytes of one presence message.
pub const PRESENCE_BYTES_MAX: usize = 8 * 1024;
/// How often the readers of a view are told that it has changed, at most.
pub const VIEW_TOLD_EVERY_MS: u64 = 500;
/// How often figures are computed anew for readers of one kind, at most…
pub const VIEW_COMPUTED_EVERY_MS: u64 = 1_000;
/// …and for how many times as long as computing them took they then rest: a fifth of a processor at most.
pub const VIEW_REST_FACTOR: u32 = 4;
/// Answers of figures that are kept of one workshop; those that nobody has asked for longest go first.
pub const VIEW_ANSWERS_MAX: usize = 24;
/// Decisions that one answer about the history of a selection gives, the newest ones.
pub const DECISIONS_SHOWN_MAX: usize = 500;
/// What one person changes about one decision within this time is one decision.
pub const DECISION_MS_MAX: u64 = 10 * 60 * 1_000;
/// Cases whose distances from each other are written to a file; a spreadsheet of more is of no use to anybody.
pub const EXPORT_DISTANCES_CASES_MAX: usize = 1_000;
/// Cases for which every number of groups is tried; with more, only the one that was asked for.
pub const GROUPS_TRIED_CASES_MAX: usize = 1_000;
/// Cases that are looked into for what a grouping hangs on: resamples, and every single coding changed.
pub const HINGES_CASES_MAX: usize = 300;
/// Presence messages a second from one connection and document.
pub const PRESENCE_PER_S_MAX: u64 = 20;

/// Bytes of a log before it is worth a snapshot.
pub const COMPACT_LOG_BYTES_MIN: u64 = 64 * 1024;
/// A document is not made a snapshot more often than this: that costs as much as the document is long, and a room that
/// types would have it done twice a second…
pub const COMPACT_EVERY_MS: u64 = 5_000;
/// …unless its log has grown to this.
pub const COMPACT_LOG_BYTES_MAX: u64 = 1024 * 1024;
/// Bytes of changes that are kept behind a copy of a document before the copy is made anew, whatever its size.
pub const COPY_TAIL_BYTES_MIN: usize = 64 * 1024;
/// An open document nobody has touched for this long leaves memory.
pub const IDLE_MS_MAX: u64 = 60_000;
/// A document whose log is not empty is compacted when idle for this long.
pub const COMPACT_IDLE_MS: u64 = 30_000;
/// Transactions one commit takes together.
pub const COMMIT_TRANSACTIONS_MAX: usize = 4_096;
/// Bytes after which one commit takes no further transaction, so that nobody waits long for another's import.
pub const COMMIT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// When nothing was stored for this long, the store file gives back what it does not need.
pub const SHRINK_IDLE_MS: u64 = 5_000;
/// A longer store file is left as it is: who stores something meanwhile waits, a fifth of a second at this length.
pub const SHRINK_FILE_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// Bytes of the store file kept in memory.
pub const STORE_CACHE_BYTES: usize = 128 * 1024 * 1024;
/// How long a backup may read: what it reads keeps the store file from using again what becomes free meanwhile.
pub const BACKUP_MS_MAX: u64 = 10 * 60 * 1000;
/// Bytes of rows after which a backup begins a new frame.
pub const BACKUP_ROWS_BYTES: usize = 256 * 1024;
/// Bytes of one frame of a backup; a chunk of a log is not cut.
pub const BACKUP_FRAME_BYTES_MAX: usize = 64 * 1024 * 1024;
/// A run of authorship is extended for this long, then a new one begins.
pub const RUN_MS_MAX: u64 = 600_000;

/// The newest schema of documents and of the client that edits them.
pub const SCHEMA: u64 = 1;
/// Subjects in one workshop.
pub const SUBJECTS_MAX: usize = 20_000;
/// Characters of a name a guest gives.
pub const NAME_CHARS_MAX: usize = 80;
/// Characters of a title.
pub const TITLE_CHARS_MAX: usize = 200;
/// Characters of a task, as people read it.
pub const PROMPT_CHARS_MAX: usize = 2_000;
/// Characters of a note or of the reason for a score that count.
pub const NOTE_CHARS_MAX: usize = 1_000;
/// Characters of a comment.
pub const COMMENT_CHARS_MAX: usize = 4_000;
/// Notes of one person that count in a collection.
pub const NOTES_MAX: usize = 200;
/// Items one collection asks about.
pub const COLLECTION_ITEMS_MAX: usize = 100;
/// Cases one double coding asks about.
pub const CODED_CASES_MAX: usize = 100;
/// Codings one double coding asks of each: all of them stand in one document.
pub const CODED_CELLS_MAX: usize = 1_200;
/// Coders who are chosen for one double coding.
pub const CODERS_MAX: usize = 50;
/// Votes a person has in one collection.
pub const COLLECTION_VOTES_MAX: u32 = 100;
/// Cases whose blanks one command turns into needs: all their documents are in memory while it runs.
pub const NEEDS_CASES_MAX: usize = 500;
/// Needs, sources or references of one case.
pub const CASE_NEEDS_MAX: usize = 200;
/// Collections of one workshop.
pub const COLLECTIONS_MAX: usize = 500;
/// With fewer raters, scores without names would show whose they are.
pub const RATERS_MIN: usize = 3;
/// Minutes an activity may last: a working day.
pub const STAGE_MINUTES_MAX: u64 = 8 * 60;
/// Items of one list in a document (parties, columns, values) that are read.
pub const DOCUMENT_ITEMS_MAX: usize = 1_000;
/// Characters of a register row that a search looks in.
pub const ROW_SEARCH_CHARS_MAX: usize = 600;
/// Characters of the reason for a decision that a register row holds.
pub const ROW_REASON_CHARS_MAX: usize = 600;
/// Models in the report (R8).
pub const MODELS_IN_REPORT_MAX: usize = 15;
/// Challenges a workshop keeps, those out of use included: one collection asks about all that are in use.
pub const CHALLENGES_MAX: usize = COLLECTION_ITEMS_MAX;
/// Cases a model is made from at once.
pub const MODEL_CASES_MAX: usize = 200;
/// Lists and searches a row of the register names.
pub const ROW_LISTS_MAX: usize = 20;
/// Characters of an organisation's name that views give.
pub const PARTY_NAME_CHARS_MAX: usize = 200;
/// Pairs of organisations that may be one, which are proposed at a time.
pub const ORGANISATIONS_ALIKE_MAX: usize = 100;
/// Cases on one map of actors.
pub const ACTOR_MAP_CASES_MAX: usize = 60;
/// Problems of a document that its register row names.
pub const ROW_PROBLEMS_MAX: usize = 10;
/// Bytes of an uploaded list.
pub const UPLOAD_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Rows of an imported sheet.
pub const IMPORT_ROWS_MAX: usize = 20_000;
/// Columns of an imported sheet.
pub const IMPORT_COLUMNS_MAX: usize = 500;
/// Filled cells of an imported list, all sheets together.
pub const IMPORT_CELLS_MAX: usize = 1_000_000;
/// Bytes of text of an imported list, all sheets together: a workbook may name one long text in every cell.
pub const IMPORT_TEXT_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Characters of one cell, as many as a spreadsheet program takes; a longer one is cut.
pub const IMPORT_CELL_CHARS_MAX: usize = 32_767;
/// Sheets of an imported workbook.
pub const IMPORT_SHEETS_MAX: usize = 100;
/// Rows within which the header of a sheet is looked for.
pub const IMPORT_HEADER_ROWS_MAX: usize = 30;
/// Parties of one case that are taken in.
pub const IMPORT_PARTIES_MAX: usize = 300;
/// Files brought in at once.
pub const IMPORT_FILES_MAX: usize = 20;
/// Bytes of all lists of one import together.
pub const UPLOADS_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Bytes of what a person has chosen for an import.
pub const IMPORT_CHOICES_BYTES_MAX: usize = 1024 * 1024;
/// Cases that one command decides about: all their documents are in memory while it runs.
pub const DECIDED_CASES_MAX: usize = 1_000;
/// Characters of the reason for a decision that is made about several cases at once.
pub const DECISION_REASON_CHARS_MAX: usize = 2_000;
/// Cases of the workshop one import brings something to: all their documents are in memory while it runs.
pub const IMPORT_JOINS_MAX: usize = 1_000;
/// Merged cells of one sheet that are looked at.
pub const IMPORT_MERGES_MAX: usize = 20_000;
/// Doubts of one sheet that are kept.
pub const IMPORT_DOUBTS_MAX: usize = 20_000;
/// Words of the coded columns of one sheet that a plan lists.
pub const IMPORT_VALUES_MAX: usize = 2_000;
/// Cases that are named as perhaps the same as one case.
pub const DUPLICATES_PER_CASE_MAX: usize = 5;
/// Cases that share a word and are compared one by one; a word that more share tells nothing.
pub const DUPLICATE_BLOCK_MAX: usize = 100;
/// Elements within elements in a part of a document.
pub const XML_DEPTH_MAX: usize = 256;
/// Warnings of one sheet that are kept.
pub const IMPORT_WARNINGS_MAX: usize = 1_000;
/// Bytes the parts of a workbook may inflate to, all together.
pub const WORKBOOK_INFLATED_BYTES_MAX: u64 = 100 * 1024 * 1024;
/// How many times its packed size a part of a workbook may inflate to.
pub const WORKBOOK_RATIO_MAX: u64 = 100;
/// Bytes a part may inflate to whatever its ratio: an empty sheet packs very well.
pub const WORKBOOK_RATIO_FREE_BYTES: u64 = 1024 * 1024;
/// Parts of a workbook.
pub const WORKBOOK_PARTS_MAX: usize = 1_000;

/// A session that is not used ends.
pub const SESSION_IDLE_S_MAX: u64 = 8 * 3600;
/// A session ends, used or not.
pub const SESSION_S_MAX: u64 = 24 * 3600;
/// How long the token that a new one replaced still opens the session: answers cross on their way.
pub const TOKEN_OVERLAP_S: u64 = 30;
/// How old the note of a session's last use may become.
pub const SESSION_SEEN_S_MAX: u64 = 600;
/// A code that is read out in a room opens the door for this long.
pub const CODE_S_MAX: u64 = 4 * 3600;
/// Wrong codes a minute, from everybody together; then no code is looked at until the minute is over. With the lobby
/// behind it, a room's code of thirty bits is hit by chance once in some hundred thousand rooms.
pub const WRONG_CODES_PER_MIN_MAX: u32 = 60;
/// How often it is noted in the audit log that the same person was refused what they may not do.
pub const REFUSAL_NOTED_EVERY_MS: u64 = 60_000;
/// Acts of the audit log in one answer.
pub const AUDIT_ACTS_MAX: usize = 200;
/// People who may wait in a workshop's lobby.
pub const LOBBY_PEOPLE_MAX: usize = 500;
/// Hours a link may be made to last.
pub const LINK_HOURS_MAX: u64 = 366 * 24;
/// A browser is known again for this long.
pub const DEVICE_S_MAX: u64 = 90 * 24 * 3600;
/// Characters of a password, which is the only thing one signs in with…
pub const PASSWORD_CHARS_MIN: usize = 15;
/// …of which so many are different…
pub const PASSWORD_DISTINCT_MIN: usize = 6;
/// …and at most so many bytes, as hashing takes longer for more.
pub const PASSWORD_BYTES_MAX: usize = 1_024;
/// Kibibytes of memory that hashing a password takes; with it, two passes on one lane.
pub const PASSWORD_HASH_KIB: u32 = 19 * 1024;
/// Passwords hashed at once, however many processors there are: a processor and 19 MiB each.
pub const PASSWORD_HASHES_MAX: usize = 3;
/// People who may wait for their password to be hashed.
pub const SIGN_INS_WAITING_MAX: usize = 1_000;
/// Wrong passwords one after the other for the same name; then none is looked at for a while.
pub const WRONG_PASSWORDS_MAX: u32 = 100;
/// How long none is looked at; then one, and then again none.
pub const WRONG_PASSWORDS_WAIT_S: u64 = 3600;
/// Names for which wrong passwords are remembered.
pub const WRONG_PASSWORD_NAMES_MAX: usize = 20_000;
/// Passkeys of one person.
pub const PASSKEYS_MAX: usize = 20;
/// Passkeys that are being made or used and have yet to come back from the browser; more push the oldest out.
pub const PASSKEYS_PENDING_MAX: usize = 20_000;
/// How one signs in is changed within this time of having shown who one is.
pub const CONFIRMED_S_MAX: u64 = 15 * 60;
/// A link by which an operator lets somebody in again works for this long, once.
pub const SIGN_IN_LINK_S_MAX: u64 = 24 * 3600;
/// A ticket to `/sync` is worth something for this long.
pub const TICKET_S_MAX: u64 = 30;
/// Tickets that wait to be used.
pub const TICKETS_MAX: usize = 10_000;
/// Characteristics of a workshop.
pub const CHARACTERISTICS_MAX: usize = 60;
/// Values in use of one characteristic…
pub const CHARACTERISTIC_VALUES_MAX: usize = 30;
/// …and those kept of what has left its list, so that older codings read.
pub const CHARACTERISTIC_VALUES_KEPT_MAX: usize = 100;
/// Versions of a workshop's characteristics, each kept whole.
pub const CHARACTERISTIC_VERSIONS_MAX: u32 = 5_000;
/// Bytes of a JSON request.
pub const JSON_BYTES_MAX: usize = 64 * 1024;
/// Characters of an idempotency key.
pub const IDEMPOTENCY_KEY_CHARS_MAX: usize = 128;

const _: () = assert!(FRAME_BYTES_BEFORE_JOIN_MAX < FRAME_BYTES_MAX);
const _: () = assert!(FRAME_BYTES_MAX <= OUTBOX_BYTES_MAX && FRAME_BYTES_MAX <= INBOX_BYTES_MAX);
const _: () = assert!(ORPHAN_BYTES_MAX <= FRAME_BYTES_MAX && INFLATED_BYTES_MAX >= ORPHAN_BYTES_MAX);
const _: () = assert!(CHANGE_OPS_MAX < MESSAGE_OPS_MAX && MESSAGE_OPS_MAX <= DOCUMENT_OPS_MAX);
const _: () = assert!(DOCUMENT_OPS_MAX + START_OP_AHEAD_MAX < u32::MAX as u64 / 2);
const _: () = assert!(INFLATE_RATIO_FREE_BYTES <= INFLATED_BYTES_MAX);
const _: () =
    assert!(FRAME_BYTES_MAX <= CONNECTION_INBOX_BYTES_MAX && CONNECTION_INBOX_BYTES_MAX <= INBOX_BYTES_MAX);
const _: () = assert!(SLICE_COST_MAX <= MODEST_COST_MAX && MODEST_COST_MAX < BURST_COST_MAX);
const _: () = assert!(PING_EVERY_MS * 2 < SILENCE_MS_MAX);
const _: () = assert!(LINE_HOLD_MS_MAX < LINE_SILENCE_MS_MAX && LINE_ANSWER_EVERY_MS < LINE_HOLD_MS_MAX);
const _: () = assert!(LINE_ANSWER_BYTES_MAX < OUTBOX_BYTES_MAX);
const _: () = assert!(COMPACT_IDLE_MS <= IDLE_MS_MAX);
const _: () = assert!(BACKUP_ROWS_BYTES + COMMIT_BYTES_MAX + INFLATED_BYTES_MAX < BACKUP_FRAME_BYTES_MAX);
const _: () = assert!(IMPORT_ROWS_MAX <= SUBJECTS_MAX);
const _: () = assert!(IMPORT_PARTIES_MAX <= DOCUMENT_ITEMS_MAX && IMPORT_COLUMNS_MAX <= DOCUMENT_ITEMS_MAX);
const _: () = assert!(PASSWORD_HASHES_MAX * PASSWORD_HASH_KIB as usize <= 90 * 1024);
const _: () = assert!(CONFIRMED_S_MAX < SESSION_IDLE_S_MAX);
const _: () = assert!(UPLOAD_BYTES_MAX <= IMPORT_TEXT_BYTES_MAX);
