import type { AttachmentTexts } from './attachment-texts.ts'

/**
 * Every word that the components say. Functions take what the sentence is about, so that each language
 * can order and count its own way. Names and message texts are handed in as they are and come out as plain text.
 */
export interface ChatLocale {
  /** BCP 47 tag; dates, times and numbers are written its way. */
  readonly tag: string
  /** Direction of the language itself; messages find theirs by their first strong letter. */
  readonly dir: 'ltr' | 'rtl'

  readonly you: string
  readonly today: string
  readonly yesterday: string
  /** Accessible name of a message: who, when, and what else there is to say of it, its words last. */
  readonly messageBy: (author: string, time: string, details?: readonly string[]) => string
  /** Accessible name of the list. */
  readonly messagesIn: (room: string) => string
  readonly onlineCount: (count: number) => string
  /** In place of a text that was taken back. */
  readonly deletedMessage: string
  /** In place of a message that somebody else than its author deleted. */
  readonly deletedBy: (name: string) => string
  readonly deletedByYou: string

  readonly loadingMessages: string
  readonly loadingOlder: string
  readonly emptyTitle: string
  readonly emptyHint: string
  readonly gap: string
  readonly loadGap: string
  readonly loadOlder: string
  readonly roomError: (code: string | undefined) => string
  readonly newMessages: (count: number) => string
  readonly jumpToLatest: string

  readonly search: {
    /** Opens it. */
    readonly open: string
    readonly label: (room: string) => string
    readonly placeholder: string
    readonly hint: string
    readonly results: string
    /** @param hasMore there are older ones */
    readonly count: (count: number, hasMore: boolean) => string
    readonly nothing: string
    readonly failed: string
    readonly again: string
    readonly more: string
    readonly close: string
    /** What was found cannot be shown. */
    readonly unreachable: string
  }

  readonly status: {
    readonly sending: string
    readonly unconfirmed: string
    readonly sent: string
    readonly delivered: string
    readonly read: string
    readonly failed: string
  }
  /** Why a message was refused, for a person. `code` is a `ChatErrorCode`. */
  readonly failure: (code: string | undefined) => string
  /** What did not happen, and why: both as sentences of their own. */
  readonly failureOf: (what: string, why: string) => string
  readonly retry: string
  readonly discard: string
  /** Names the message that the button acts on, for those who do not see it. */
  readonly retryMessage: (body: string) => string
  readonly discardMessage: (body: string) => string

  readonly edited: string
  readonly editedAt: (time: string) => string
  /** A change of ours that the server has not confirmed. */
  readonly changePending: string
  /** `kind` is what was refused: `edit`, `delete`, `react` or `unreact`. */
  readonly changeFailed: (kind: string) => string
  readonly mentionsYou: string
  readonly answerTo: (author: string) => string
  /** In place of the quote of a message that is not loaded. */
  readonly quoteNotLoaded: string
  /** What a press on a quote does. */
  readonly goToQuoted: string
  readonly noSuchMessage: string
  /** Accessible name of the reactions of a message. */
  readonly reactions: string
  /** One reaction, how often, and from whom. It starts with what is seen. */
  readonly reactionBy: (emoji: string, count: string, names: string) => string
  readonly andOthers: (count: number) => string
  /** Names, as one text. */
  readonly readBy: (names: string) => string
  readonly cameIn: (names: string) => string
  readonly wentOut: (names: string) => string
  /** Accessible name of the actions of a message. */
  readonly messageActions: string
  readonly reactWith: (emoji: string) => string
  readonly react: string
  readonly moreReactions: string
  readonly moreActions: string
  readonly reply: string
  readonly edit: string
  readonly remove: string
  readonly copy: string
  readonly copied: string
  readonly notCopied: string
  readonly removeTitle: string
  readonly removeHint: string
  /** Of a message of somebody else. */
  readonly removeOtherHint: (author: string) => string
  readonly cancel: string
  readonly close: string
  readonly shortcuts: {
    readonly title: string
    readonly move: string
    readonly page: string
    readonly ends: string
    readonly actions: string
    readonly leave: string
    readonly help: string
    readonly send: string
    readonly newLine: string
    readonly editLast: string
  }

  readonly composerLabel: (room: string) => string
  readonly composerPlaceholder: string
  readonly send: string
  /** Characters left; negative when over the limit. */
  readonly remaining: (count: number) => string
  /** What the text in the field belongs to, and what is around it. */
  readonly composer: {
    readonly replyingTo: (author: string) => string
    readonly cancelReply: string
    readonly editing: string
    readonly cancelEdit: string
    /** The send button during an edit. */
    readonly save: string
    readonly attach: string
    readonly emoji: string
    /** Over the field, while files are dragged there. */
    readonly dropFiles: string
    /** Accessible name of the list that completes what is typed. */
    readonly suggestions: string
    readonly found: (count: number) => string
    readonly readonly: string
  }
  /** Files: names, sizes and reasons are handed in as texts. */
  readonly attachments: AttachmentTexts
  /** In a list of rooms, before what was begun there. */
  readonly draft: (text: string) => string
  readonly emojiPicker: {
    readonly search: string
    readonly nothing: string
    readonly tone: string
    /** From none to the darkest. */
    readonly tones: readonly [string, string, string, string, string, string]
    readonly groups: Readonly<
      Record<'recent' | 'smileys' | 'people' | 'nature' | 'food' | 'activities' | 'travel' | 'objects' | 'symbols' | 'flags', string>
    >
  }

  /** Up to two names; more than two people are `typingMany`. */
  readonly typing: (names: readonly string[]) => string
  readonly typingMany: string

  readonly connection: {
    readonly connecting: string
    readonly reconnecting: string
    readonly probing: string
    readonly waiting: string
    /** The link went silent without an end. */
    readonly unstable: string
    readonly offline: string
    readonly closed: string
    readonly failed: string
    readonly takenOver: string
    readonly signInAgain: string
    readonly connectedAgain: string
  }
  readonly retryIn: (seconds: number) => string
  readonly attempt: (count: number) => string
  readonly retryNow: string
  readonly connect: string
  readonly unsent: (count: number) => string

  readonly announceMessage: (author: string, body: string) => string
  readonly announceNewMessages: (count: number) => string
  readonly announceFailed: string

  readonly rooms: string
  readonly unread: (count: number) => string
  readonly noRooms: string
  readonly members: string
  readonly noMembers: string
  readonly roomList: {
    /** Above conversations with one other person. */
    readonly direct: string
    readonly joinable: string
    readonly search: string
    readonly noMatch: string
    readonly loading: string
    /** Why there is no list. */
    readonly failed: string
    readonly newMessage: string
    readonly newRoom: string
    readonly hint: string
    readonly draft: (text: string) => string
    /** The newest message, of somebody else and of ourselves. */
    readonly said: (name: string, text: string) => string
    readonly saidByYou: (text: string) => string
    readonly files: (count: number) => string
    readonly mentioned: string
    readonly online: string
    readonly offline: string
    readonly isPrivate: string
  }
  readonly membership: {
    readonly title: string
    readonly isPrivate: string
    readonly isReadOnly: string
    readonly create: string
    readonly people: string
    readonly searchPeople: string
    readonly noPeople: string
    readonly onlineNow: string
    /** Takes somebody off the choice again. */
    readonly takeBack: (name: string) => string
    readonly chosen: string
    readonly join: string
    readonly leave: string
    readonly leaveTitle: (room: string) => string
    readonly leaveHint: string
    /** Further lines, for an owner, and for the last member of an open and of a private room. */
    readonly leaveAsOwner: string
    readonly leaveAsLast: string
    readonly leaveForGood: string
    readonly rename: string
    /** To who owns the room since its owner left. */
    readonly nowOwner: string
    readonly invite: string
    readonly expel: (name: string) => string
    readonly expelTitle: (name: string) => string
    readonly takeOut: string
    readonly messageTo: (name: string) => string
    readonly searchMembers: string
    readonly owner: string
    readonly count: (count: number) => string
    readonly more: (count: number) => string
    /** In place of the field where we may only read. */
    readonly readOnly: string
    /** Why something was not done. `code` is a `ChatErrorCode`. */
    readonly error: (code: string | undefined) => string
  }
  readonly app: {
    readonly name: string
    readonly back: string
    readonly showMembers: string
    readonly closeMembers: string
    readonly noRoom: string
  }

  readonly notice: {
    /** Title of a notification; of a direct conversation it is the author alone. */
    readonly message: (author: string, room: string) => string
    readonly mention: (author: string, room: string) => string
    /** Beside the newest message. */
    readonly more: (count: number) => string
    readonly settings: string
    readonly desktop: string
    /** The browser does not let this page show any. */
    readonly denied: string
    readonly sound: string
    readonly mute: string
  }
}
