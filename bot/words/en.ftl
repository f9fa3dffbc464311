# Every sentence of the bot in English. Plain, warm, short; a next step at the end.
# Marks: **strong** and `to type`. Placeholders are filled with what cannot format or mention.

## Dates
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-year = { $month } { $year }
moment-date = { $weekday }, { $month } { $day }, { $year }
moment-date-time = { $weekday }, { $month } { $day }, { $year } at { $hour }:{ $minute } { $half ->
    [am] AM
   *[pm] PM
} { $zone }
moment-clock = { $hour }:{ $minute } { $half ->
    [am] AM
   *[pm] PM
}
moment-short = { $weekday } { $month } { $day }, { $hour }:{ $minute } { $half ->
    [am] AM
   *[pm] PM
} { $zone }

## Buttons
button-about = About the program
button-help = What I can type
button-menu = Open my menu
button-apply-mentee = Apply as a mentee
button-apply-mentor = Apply as a mentor
button-continue = Continue my application
button-change-application = Change my application
button-send = Send my application
button-save = Save
button-next-step = Save and continue
button-write = Write my answers
button-back = Back
button-next = Next
button-status = Where do I stand?
button-withdraw = Withdraw
button-keep = No, leave everything as it is
button-agreement = Read and sign the form
button-sign = Sign
button-check-in = Did we meet this month?
button-open-form = Open the form
button-mend = Correct my answers
button-office = Coordinators' desk
button-reopen-office = Open a new channel
button-enter-office = Come into the coordinators' channel
button-queue = Who is waiting
button-accept = Accept
button-decline = Decline with a reason
button-wait-list = Put on the waiting list
button-accept-all = Accept everybody eligible
button-accept-all-yes = Yes, accept them
button-close-yes = Yes, close applications
button-move-undo = Undo this move
button-next-season = Set up the next season
button-next-season-yes = Yes, set up this season
button-move-yes = Yes, move it
button-propose = Propose pairs
button-propose-again = Propose again
button-publish = Publish the pairs
button-pin = Yes, pin them
button-forbid = Yes, keep them apart
button-swap = Yes, swap
button-one-more = Ask the mentor
button-one-more-yes = Yes, one more
button-one-more-no = No, not this time
button-proposal = See the proposal
button-next-page = Next page
button-previous-page = Previous page
button-try-again = Try again
button-leave-it = Leave it
button-publish-yes = Yes, publish and introduce
button-pairs = See the pairs
button-remind-people = Remind people
button-not-now = Not now

## Home and status
button-my-data = My data
home-heading = { $program }
home-season = { $phase ->
    [draft] Applications open on { $at }.
    [applications_open] Applications are open until { $at }.
    [review] Applications are closed. The program starts on { $at }.
    [agreements_due] The program starts on { $at }.
    [running] The program is running until { $at }.
    [wrap_up] The program is over. You can still reach the coordinators here until { $at }.
   *[closed] This season ended on { $at }. Thank you for being part of it.
}
home-coordinator = You are a coordinator of this program.
status-heading = Where you stand
status-not-applied = { $part ->
    [before] You have not applied yet. Applications open on { $opens }.
    [open] You have not applied this season.
    [underway] You have not applied this season, and applications closed on { $close }. If you would like to take part, please write to { $contact }.
   *[over] You did not take part this season. If you would like to take part in the next one, please write to { $contact }.
}
status-draft = Your application as a { $role } { $part ->
    [before] is **not sent yet**. You can send it once applications open, on { $opens }.
    [open] is **not sent yet**. { $missing ->
        [0] Every required question is answered.
        [one] One required question is still open.
       *[other] { $missing } required questions are still open.
    } To take part, send it by { $close }.
   *[closed] was **not sent** before applications closed on { $close }, so it does not take part this season. What you answered is kept. If you think this is a mistake, please write to { $contact }.
}
status-submitted = Your application as a { $role } is **received**. { $part ->
    [over] The season ended before it was decided, and we are sorry. Please write to { $contact }.
   *[now] A coordinator reads every application; yours is not decided yet.
}
status-not-on-roster = Your application as a { $role } is **received**. { $part ->
    [over] The season ended before we could find you on the list of PLSEP participants, and we are sorry. Please write to { $contact }.
   *[now] We could not find you on the list of current PLSEP participants yet, so a coordinator is checking it.
}
status-accepted = Your application as a { $role } is **accepted**. { $part ->
    [over] No pair was made with you this season, and we are sorry. Please write to { $contact }.
    [open] Pairs are made once applications have closed, on { $close }.
   *[now] The coordinators are making the pairs.
}
status-proposed = Your application as a { $role } is **accepted**. { $part ->
    [over] No pair was made with you this season, and we are sorry. Please write to { $contact }.
   *[now] The coordinators are looking at possible pairs. Nothing is decided yet.
}
status-unmatched = Your application as a { $role } is **accepted**, but there is **no match** for you so far. { $why } { $part ->
    [over] The season is over now. If you would like to take part in the next one, please write to { $contact }.
   *[now] The coordinators know, and will write to you here if a place opens. If you have a question, write to { $contact }.
}
status-ended = Your pair **has ended**, and you are still part of the program as a { $role }. { $part ->
    [over] The season is over now. If you have a question, write to { $contact }.
   *[now] A coordinator will be in touch about what comes next. You can also write to { $contact }.
}
status-completed = You took part in this season as a { $role } and **completed** it. Thank you for the time you gave. If you have a question, write to { $contact }.
status-wait-listed = Your application as a { $role } is on the **waiting list**. { $part ->
    [over] No place opened this season, and we are sorry. If you would like to take part in the next one, please write to { $contact }.
   *[now] Every place is taken for now. If one opens, it may become yours.
}
status-declined = Your application was **declined**. If you have a question, write to { $contact }. The coordinator wrote: { $reason }
status-withdrawn = Your application as a { $role } is **withdrawn**. { $part ->
    [open] You can apply again until { $close }.
    [before] You can apply again once applications open, on { $opens }.
   *[closed] If you would like to come back, please write to { $contact }.
}
status-changed = { $part ->
    [open] You have **changes that are not sent**. Open your application and send it again, so that they count.
   *[closed] You also have changes that were not sent before applications closed. What you had sent counts.
}
status-paired = You are **matched** as a { $role } with:
status-partner = { $person }{ $introduced ->
    [no] { " " }(the introduction is on its way)
   *[yes] { "" }
}
status-signed = Your acknowledgement form is signed.
status-unsigned = { $overdue ->
    [yes] Your acknowledgement form was due by { $due }, and it still counts if you sign it now.
   *[no] Your acknowledgement form is not signed yet. It is due by { $due }.
}
next-apply = **Next:** press one of the buttons to apply. You can stop at any time; what you have answered is kept.
next-answer = **Next:** answer the open questions, then send your application.
next-send = **Next:** send your application.
next-wait = **Next:** there is nothing for you to do now. You will get a message here.
next-sign = **Next:** read and sign the form. It takes a minute.
next-introduction = **Next:** there is nothing for you to do now. You will meet in a private channel of your own.
next-survey = **Next:** tell us how it was, in the closing survey. It takes about five minutes.
next-meet = **Next:** agree on your next meeting, in your private channel.

## About
about-mentee-benefits = **What a mentee gains**
about-mentor-benefits = **What a mentor gains**
about-expected = **What is expected**
about-how-to-apply = { $part ->
    [before] **How to apply.** Applications open on { $opens }. From then on you find the buttons here; nothing is lost by waiting.
    [open] **How to apply.** Press one of the buttons below. You can stop at any time; what you have answered is kept.
    [underway] **Applications are closed** since { $close }. If you would like to take part now or next time, please write to { $contact }. If you have applied, you can see where you stand.
   *[over] **This season is over.** If you would like to take part in the next one, please write to { $contact }.
}
timeline-open = **Applications open:** { $at }
timeline-close = **Applications close:** { $at }
timeline-agreements = **Acknowledgement forms due:** { $at }
timeline-runs = **The program runs:** { $from } to { $until }

## Application
application-title = { $role ->
    [mentee] Apply as a mentee
   *[mentor] Apply as a mentor
}
application-intro = Beside each question you can see who will read your answer. You can change your answers until { $at }.
application-step-title = Apply: step { $step } of { $steps }
application-step = { $role ->
    [mentee] You are applying as a mentee.
   *[mentor] You are applying as a mentor.
} Each step is saved when you continue, so you can stop at any time and come back with `/mentorship apply`.
application-step-last = This is the last step: the button below sends your application.
step-still-open = Almost there. Something in this step still needs an answer before everything can be sent.
panel-heading = { $role ->
    [mentee] Apply as a mentee
   *[mentor] Apply as a mentor
}: step { $step } of { $steps }
panel-saved = What you choose is saved at once. You can close this and come back with `/mentorship apply`.
panel-complete = Every required question is answered. Send your application when you are ready.
panel-missing = { $count ->
    [one] One required question is still open
   *[other] { $count } required questions are still open
}: { $questions }
answer-open = (please answer)
answer-optional = (optional)
answer-long = { $beginning } ({ $length } characters; all of it is kept)
answer-long-shared = { $beginning } (the beginning of { $length } characters; ask for the rest when you meet)
panel-part = { $question }: { $from } to { $to }
answer-yes = Yes
answer-no = No
answer-missing = Please answer this question.
shared-match = Shared with your match.
shared-coordinators = Only coordinators see this.
panel-shared-match = { $question } (shared with your match)
panel-shared-coordinators = { $question } (coordinators only)
received-heading = Received, thank you
received = Your application as a { $role } is safe with us. You can change it until { $close }.
received-next = A coordinator reads every application. You will get a message here when yours is decided.
received-not-on-roster = We could not find you on the list of current PLSEP participants, so a coordinator will check. You do not need to do anything. If you think something is wrong, write to { $contact }.
accepted-heading = You are accepted
draft-reminder-heading = Your application is not sent yet
draft-reminder = Your application as a { $role } waits for you. { $missing ->
    [0] Every required question is answered, so all that is left is to send it.
    [one] One required question is still open.
   *[other] { $missing } required questions are still open.
} It takes part if you send it by { $close }. What you have answered is kept. If you have changed your mind, you can withdraw it.
accepted = Welcome to the program. You take part as a { $role }. Next, the coordinators make the pairs; the program starts on { $at }. You will hear from us here.
wait-listed-heading = You are on the waiting list
wait-listed = Every place as a { $role } is taken for now, so your application waits. If a place opens you will get a message here; there is nothing for you to do. If you have a question, write to { $contact }.
found-on-roster = Good news: we have found you on the list of current PLSEP participants. A coordinator reads your application now, and you will get a message here when it is decided.
declined = We could not accept your application this time. The coordinator writes:
declined-contact = If you have a question, write to { $contact }.
withdraw-question = Withdraw your application? You can apply again while applications are open.
withdraw-question-paired = Leave your pair and the program? Your partner will be told kindly that the pairing has ended, and a coordinator will be in touch with them.
withdrawn = You have withdrawn. Thank you for telling us. If you change your mind, you can apply again until { $close }; after that, please write to a coordinator.
correction = { $label }: { $fault }
corrections = Almost there. Nothing is lost; please correct this:
form-ready = Sorry for the wait. Your form is ready. Press the button to open it: { $title }
date-moved = A date of the mentorship program has moved. { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}: { $at }. Please note the new date. You find all dates with `/mentorship about`.
date-not-moved = A date of the mentorship program has not moved after all. It stays as it was. { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}: { $at }. You find all dates with `/mentorship about`.
unmatched-heading = No match this time
unmatched-no-eligible-mentor = Under the program's rules, no mentor of this season could be matched with you, for example because they work in your own library system.
unmatched-contested = More mentees applied than mentors could take, and every place has gone to somebody else.
unmatched-no-eligible-mentee = Under the program's rules, no mentee of this season could be matched with you, for example because they work in your own library system.
unmatched-no-mentee-left = Every mentee already has a mentor, so this time there was nobody left to match with you. Thank you for offering.
unmatched-no-place = You offered no place for a mentee this season.
unmatched-next = The coordinators know, and will write to you here if a place opens. If you have a question, write to { $contact }.

## Acknowledgement form
agreement-title = Acknowledgement form
agreement-how = Please sign by { $at }: press the button and type your full name.
agreement-how-late = The form was due by { $at }. It still counts if you sign it now: press the button and type your full name.
agreement-form-intro = By typing your name you sign the acknowledgement form you have just read.
agreement-name-label = Your full name
agreement-name-hint = As you would sign a letter.
agreement-signed = Signed by { $name } on { $at } (text version { $version }).
agreement-late = Signed after the due date. It counts just the same.
agreement-copy-note = This copy is yours to keep.
agreement-thanks = Thank you, { $name }. Your form is signed, and a copy is on its way to you in a direct message.
agreement-already = You signed the form on { $at }. There is nothing more to do.
agreement-text-changed = The program's form has been given a new text since. What you signed still counts.
agreement-reminder-heading = Please sign the acknowledgement form
agreement-reminder = Your acknowledgement form is due by { $at }. Reading and signing it takes a minute.
agreement-reminder-late = Your acknowledgement form was due by { $at }. It still counts if you sign it now; reading and signing it takes a minute.

## Pair
room-topic = { $program }: a private place for one mentor and one mentee
intro-heading = Meet each other
intro-welcome = Welcome, { $mentor } and { $mentee }. From today you are mentor and mentee.
intro-private = Only the two of you and this bot are here. The coordinators do not read your conversation.
intro-side = { $name }, the { $role }
intro-one-clock = You live by the same clock: when it is { $one-time } for { $one }, it is { $other-time } for { $other }, too.
intro-two-clocks = When it is { $one-time } for { $one }, it is { $other-time } for { $other }. Every time I name here, I show to each of you on your own clock.
intro-turn = You take turns in suggesting the meetings; { $name } begins. Either of you may press the button.
intro-why = **Why you two were matched**
intro-first = **For your first meeting**
intro-agenda-1 = Say hello: your path to libraries, and what you enjoy about the work.
intro-agenda-2 = Talk about the mentee's goals, and what the mentor can offer.
intro-agenda-3 = Agree on how and how often you will meet. Once a month is a good start.
intro-agenda-4 = Set the date and time of your next meeting before you say goodbye.
intro-expected = The program runs from { $from } to { $until }. You decide together when and how you meet; at least once a month is encouraged. I will ask you once a month how it is going.
intro-sign = One thing first: please both sign the acknowledgement form by { $at }.
reason-pinned = a coordinator suggested this pair
reason-specialisations = shared interests: { $what }
reason-times = { $hours ->
    [one] usually free at the same time, about one hour a week
   *[other] usually free at the same time, about { $hours } hours a week
}
reason-formats = the same ways of meeting: { $what }
reason-languages = shared languages: { $what }
reason-position = the mentor holds a more senior position
reason-first = the mentor knows best what matters most to the mentee: { $what }
reason-sought = the mentor holds the position the mentee aims for
reason-goals = the mentee's goals and what the mentor offers go together
reason-years = { $years ->
    [one] the mentor has one more year in libraries
   *[other] the mentor has { $years } more years in libraries
}
nudge-heading = Your check-in for { $month }
nudge = Have you two met in { $month }? { $people ->
    [one] You answer with one tap.
   *[other] Each of you answers with one tap.
}
nudge-again = Have you two been able to meet in { $month } by now? { $people ->
    [one] You answer with one tap.
   *[other] Each of you answers with one tap.
}
nudge-directly = Have you and { $partner } met in { $month }? You answer with one tap.
nudge-directly-again = Have you and { $partner } been able to meet in { $month } by now? You answer with one tap.
nudge-prompt = Something to talk about this month:
nudge-private = Only the coordinators see what each of you answers. If you met, I will not ask again this month. You can change your answer with the same buttons.
nudge-directly-private = Only the coordinators see your answer. If you met, I will not ask again this month. To be asked in your channel instead, type `/mentorship settings`.
check-in-said = So far you have said: { $answer }. You can change it here.
check-in = Have you and { $partner } met in { $month }?
check-in-met = We met
check-in-planned = It is planned
check-in-not-yet = Not yet
check-in-need-help = We need help
thanks-met = Lovely. Your meeting in { $month } is noted, and I will not ask again this month.
thanks-planned = Good. It is noted that your meeting in { $month } is planned. Enjoy it.
thanks-not-yet = Thank you for being honest. A short call counts as your meeting in { $month } too.
planned-set = If you put in the date and time here, you both get it for your calendars, and a reminder.
not-yet-prompt = An easy start, if you would like one:
not-yet-again = I will ask you once more in { $days ->
    [one] a day
   *[other] { $days } days
}.
thanks-change = You can change your answer about { $month } with the same buttons. The last one you give counts.
help-question = What would help most? You need not choose, and your partner does not see it.
help-kind-time = We find no time
help-kind-no-answer = My partner does not answer
help-kind-topics = We do not know what to talk about
help-kind-other = Something else
help-thanks = Thank you. The coordinators know this too now. If you like, you can write them a few words.
help-noted = Thank you for writing. Only the coordinators read it, and one of them will write to you.
button-note = Write a note
button-note-send = Send
note-title = Note to the coordinators
note-label = Your note
note-hint = Only the coordinators read it, not your partner.
notice-help = { $person }, paired with { $partner }, says about { $month }:
thanks-need-help = Thank you for saying so. The coordinators know that you need help in { $month }, and one of them will write to you.
farewell-heading = Thank you both
farewell = The { $program } has come to its end.{ $met } Thank you for the time you gave each other.
farewell-next = This channel will now be closed. You can still read it. If you have a question, write to { $contact }.
pair-ended-early = This pairing has ended. Thank you for the time you gave each other. A coordinator will be in touch; you can also write to { $contact }.

## Pulse
pulse-heading = { $occasion ->
    [first_meeting] You have met
   *[mid_term] Half of the program is over
}
pulse-question = { $occasion ->
    [first_meeting] How does the pairing with { $partner } feel to you so far?
   *[mid_term] How does the pairing with { $partner } feel to you by now?
}
pulse-private = Only the coordinators see your answer, never your partner. Nothing happens by itself.
pulse-change = You can change your answer with the buttons of the question.
fit-good = It is a good fit
fit-deciding = I am still deciding
fit-not-good = It is not a good fit
pulse-thanks-good = That is good to hear. Thank you. If you like, tell the coordinators what works well.
pulse-thanks-deciding = Thank you, that is perfectly fine. A pairing may take a few meetings. If something would help, tell the coordinators.
pulse-thanks-not-good = Thank you for telling us. It happens, and it is nobody's fault. The coordinators know now; your partner does not, and nothing changes unless you want it to. What would you like?
fit-wish-talk = Please talk to me
fit-wish-another = I would like another partner
fit-wish-nothing = Just noting it
fit-noted-talk = A coordinator will write to you. If you like, tell them when it suits you.
fit-noted-another = The coordinators know that you would like another partner. One of them will write to you first, and look with you for who else could fit. Until then your pairing stays as it is.
fit-noted-nothing = Noted. If you want to talk after all, write a note and a coordinator will answer you.
notice-fit = { $person } says in private that the pairing with { $partner } is not a good fit. Please write to them; their partner does not know.
notice-fit-more = { $person } adds in private about the pairing with { $partner } ({ $occasion ->
    [first_meeting] after the first meeting
   *[mid_term] at mid-term
}):

## Settings
button-settings = My settings
button-write-zone = Another time zone
button-write-hours = Other hours
button-pause = Pause
button-pause-until = Until a date
button-resume = End the pause now
moment-time = { $hour }:{ $minute } { $half ->
    [am] AM
   *[pm] PM
}
moment-of-the-program = { $yours } (on the program's clock: { $theirs })
zone-pacific-honolulu = Hawaii Time (Honolulu)
zone-america-anchorage = Alaska Time (Anchorage)
zone-america-los-angeles = Pacific Time (Los Angeles)
zone-america-phoenix = Arizona Time (Phoenix)
zone-america-denver = Mountain Time (Denver)
zone-america-chicago = Central Time (Chicago)
zone-america-new-york = Eastern Time (New York)
zone-america-puerto-rico = Atlantic Time (Puerto Rico)
language-en = English
language-es = Español (Spanish)
hours-between = Between { $from } and { $to }
hours-and-zone = between { $from } and { $to }, { $zone }
settings-heading = Your settings
settings-note = Only you see this. Each choice is saved at once, and you can change it whenever you like.
setting-language = Language
setting-zone = Time zone
setting-hours = When I may write to you
setting-reach = Where I ask about your meetings
setting-pause = Pause
setting-usual-language = As in my app
setting-usual-zone = As in my app, or else the program's
setting-usual-hours = The program's hours
setting-usual-reach = In our channel
setting-is-language = English{ $usual ->
    [yes] { " " }(as in your app)
   *[no] { "" }
}
setting-is-zone = { $zone }{ $usual ->
    [yes] { " " }(from your app or the program)
   *[no] { "" }
}
setting-is-hours = Between { $from } and { $to }{ $usual ->
    [yes] { " " }(the program's hours)
   *[no] { "" }
}
setting-is-reach-channel = In the channel with my partner
setting-is-reach-direct = In a direct message to me
setting-is-paused = Paused until { $until }
setting-is-not-paused = Not paused
saved-language = Saved. From now on I write to you in English. What is on its way to you already may still come in the other language.
saved-zone = Saved. Your time zone is { $zone }, where it is { $now } now. I will write to you { $hours }.
saved-hours = Saved. I will write to you { $hours }. What answers something you have just done still comes at once.
saved-reach-channel = Saved. I will ask you about your meetings in the channel with your partner.
saved-reach-direct = Saved. I will ask you about your meetings in a direct message, where only you see the question.
saved-pause = Done. Until { $until } I will not ask you anything. Your partner is not told. I still answer you, and tell you what you must know, such as a date that moves.
saved-resumed = Welcome back. Nothing is paused any more, and I will ask you about your meetings again.
pause-heading = Pause
pause-question = Do you need a break from my questions? Choose how long. It ends by itself, and you can end it sooner.
pause-is = You have paused until { $until }. It ends by itself.
pause-note = While you pause I ask you nothing. Your pair goes on, and your partner is not told.
pause-week = For one week
pause-fortnight = For two weeks
pause-month = For a month
pause-over = Welcome back. Your pause is over, and I will ask you about your meetings again. Your menu shows where you stand and what is next.
form-zone-title = Your time zone
form-zone-label = Time zone or city
form-zone-hint = For example: Pacific, Chicago, or America/New_York
form-hours-title = Your hours
form-hours-from-label = I may be written to from
form-hours-from-hint = For example: 9 AM, or 9:30
form-hours-to-label = Until
form-hours-to-hint = For example: 6 PM, or 18:00
form-pause-title = Pause until
form-pause-label = The day on which I am back
form-pause-hint = For example: April 14, or next Monday
refusal-not-a-zone = I do not know this time zone. { $count ->
    [0] Please name a large city near you, such as Los Angeles, or write Pacific, Mountain, Central or Eastern.
   *[other] Did you mean { $near }? Or name a large city near you.
}
refusal-not-a-day = I could not tell which day you mean. Please write it like April 14, next Monday, or 2025-04-14.
refusal-not-a-time = I could not read this time of day. Please write it as 9 AM, 9:30 or 18:00.
refusal-hours-order = Please leave at least an hour between the two times, the earlier one first and within one day: for example 9 AM and 6 PM.
refusal-pause-past = This day is not in the future. Please choose a later one.
refusal-pause-beyond = The program runs until { $at }, and after that I ask nothing. Please choose that day or an earlier one.
## Meetings
button-move = Move it
button-cancel = Cancel it
button-cancel-yes = Yes, cancel it
button-another = Set another
button-another-time = Another time
button-set-first = Set our first meeting
button-set-new = Set a meeting
button-set-next = Set the next meeting
button-move-that = Move that meeting
button-move-next = Move the next one
button-cancel-next = Cancel the next one
button-meetings = Our meetings
button-log = Note a past meeting
button-met-yes = Yes, we met
button-met-moved = No, we moved it
button-met-no = No
button-how-often = How often we meet
button-ask = Ask a coordinator
meeting-form-title = { $kind ->
    [set] Set a meeting
    [log] Note a past meeting
   *[move] Move the meeting
}
meeting-form-submit = { $kind ->
    [set] Set it
    [log] Note it
   *[move] Move it
}
meeting-form-intro = { $kind ->
    [set] With { $partner }. Write the time on your own clock ({ $zone }); { $partner } sees it on theirs.
    [log] When did you meet { $partner }? Write the time on your own clock ({ $zone }). About right is fine.
   *[move] With { $partner }. Write the new time on your own clock ({ $zone }). If it took place already, write when.
}
meeting-field-when = Date and time
meeting-hint-when = For example: next tue 2pm, March 14 2:30 pm, 3/14 14:00
meeting-field-minutes = How long? (optional)
meeting-hint-minutes = For example: 45 minutes, 1.5 hours. If you leave it empty: { $minutes } minutes.
meeting-field-place = Where or how? (optional)
meeting-hint-place = A link, a phone call, a place. Your partner sees this.
when-incomplete = { $missing ->
    [time] At what time? Please write the day and the time, for example: friday 2 pm.
   *[date] On which day? Please write the day and the time, for example: friday 2 pm.
}
when-unreadable = I could not read this date and time. Please write it like “next tue 2pm”, “March 14 2:30 pm” or “2025-03-14 14:30”. It is read on your own clock ({ $zone }).
when-no-such-day = This day is not in the calendar. Please look again and write another.
when-no-such-time = This time of day does not exist. Please write it like 2:30 pm or 14:30.
when-skipped = The clocks are set forward that night, so this time does not exist ({ $zone }). Please choose another hour.
when-weekday-differs = That date is { $day }, so the weekday and the date do not fit together. Please write only one of them, or correct it.
when-past = This time is over. Please write one that is still to come.
when-future = This time is still to come. Please write one that is over.
meeting-minutes-unread = I could not read how long it takes. Please write, for example, 45 minutes or 1.5 hours: from { $min } minutes to { $max } hours.
meeting-which = “{ $typed }” can mean more than one time. Which one is it?
which-pair = With whom?
meeting-set-heading = A meeting is set
meeting-set = { $by } has set your next meeting: { $at }.
meeting-set-done = Your meeting is set: { $at }. It is posted in your channel, with a file for your calendar. I will remind you both the day before.
meeting-moved-heading = The meeting is moved
meeting-moved = { $by } has moved your meeting. New time: { $at }.
meeting-moved-done = Your meeting is moved: { $at }. Your channel is told, with a new file for your calendars.
meeting-cancelled-heading = The meeting is cancelled
meeting-cancelled = { $by } has cancelled your meeting: { $at }. When you are ready, set a new one.
meeting-cancelled-done = Your meeting is cancelled: { $at }. Your channel is told. When you are ready, set a new one with `/mentorship meeting set`.
meeting-logged-heading = A meeting is noted
meeting-logged = { $by } has noted that you two met: { $at }.
meeting-logged-right = Is that right for you, too?
meeting-logged-done = Your meeting is noted: { $at }. It counts for its month. Your partner sees it in your channel.
meeting-when = When
meeting-when-for = When for { $name }
meeting-length = How long
meeting-minutes-long = { $minutes ->
    [60] 1 hour
   *[other] { $minutes } minutes
}
meeting-place = Where or how
meeting-file = Open the file to put the meeting into your calendar. I will remind you both the day before.
meeting-file-cancel = Open the file to take the meeting out of your calendar.
meeting-file-summary = Mentorship meeting: { $one } and { $other }
meeting-turn = You take turns: next time { $name } suggests the meeting.
meeting-before-heading = { $changed ->
    [cancelled] This meeting was cancelled
   *[moved] This meeting was moved
}
meeting-before = { $changed ->
    [cancelled] It was set for this time:
   *[moved] It was set for this time before; the new time stands in a later message:
}
meeting-stands = This is how your meeting stands already: { $at }. Nothing has changed.
meeting-clash = You two have a meeting at that time already: { $at }. Move that one, or choose another time.
meeting-cancel-question = Cancel your meeting with { $partner }: { $at }? It will be told in your channel. If only the time does not fit, you can move it.
meeting-reminder-heading = A reminder: your meeting
meeting-reminder = Your meeting is coming up: { $at }.
meeting-question-heading = Did you two meet?
meeting-question = This meeting was set: { $at }. Did it take place? Each of you answers with one tap.
meeting-question-private = Your partner does not see your answer. Only the coordinators can.
meeting-answered = Thank you, you have both answered for this meeting: { $at }.
meeting-thanks-held = Lovely, it is noted. A good moment to set the next meeting; by turns, it is { $name } who suggests the time.
meeting-thanks-missed = Thank you for being honest; it happens. Set a new meeting, or note it if you met at another time.
notice-meeting-differs = { $mentor } and { $mentee }, their meeting ({ $at }): one says they met, the other that they did not. Please ask them kindly.
meeting-list-heading = Your meetings
meeting-list-pair = With { $partner }:
meeting-list-none = No meeting is set or noted yet.
meeting-list-line = { $at }, { $minutes } minutes: { $state ->
    [planned] set
    [held] you met
    [missed] did not take place
    [disputed] your answers differ
   *[cancelled] cancelled
}
meeting-list-turn = { $turn ->
    [mine] It is your turn to suggest the next meeting to { $partner }.
   *[theirs] It is { $partner }'s turn to suggest the next meeting; you may as well.
}
meeting-list-cadence = You mean to meet { $cadence ->
    [weekly] every week
    [fortnightly] every two weeks
    [monthly] once a month
   *[other] as it suits you
}.
cadence-question = How often do you and { $partner } want to meet? Right now it says { $cadence ->
    [weekly] every week
    [fortnightly] every two weeks
    [monthly] once a month
   *[other] as it suits you
}. You can change it at any time.
cadence-weekly = Every week
cadence-fortnightly = Every two weeks
cadence-monthly = Once a month
cadence-other = As it suits us
cadence-noted = Noted: { $cadence ->
    [weekly] you mean to meet every week
    [fortnightly] you mean to meet every two weeks
    [monthly] you mean to meet once a month
   *[other] you meet as it suits you
}. Your partner sees it in your channel. Set your next meeting with `/mentorship meeting set`.
cadence-news = { $by } has noted how often you two mean to meet: { $cadence ->
    [weekly] every week
    [fortnightly] every two weeks
    [monthly] once a month
   *[other] as it suits you
}. If that does not suit you, talk about it, and change it here.
ask-title = Ask a coordinator
ask-intro = Only the coordinators read this. One of them will write to you.
ask-label = Your question
ask-submit = Send
asked = Your question is with the coordinators. One of them will write to you. You asked:
notice-asked = { $name } ({ $person }) asks:
notice-asked-next = Only coordinators see this. Please write to them directly.

## Closing
button-survey = Answer the closing survey
button-survey-change = Change my answers
button-survey-send = Send my answers
button-certificate = Get my certificate
survey-title = Closing survey
survey-intro = A few questions about how it was for you. Only the coordinators read your answers. You can change them until { $at }.
survey-step-title = Survey: step { $step } of { $steps }
survey-step = Each step is saved when you continue, so you can stop at any time and come back with `/mentorship survey`.
survey-saved = What you choose is saved at once. You can close this and come back with `/mentorship survey`.
survey-thanks = Thank you. Your answers are safe with the coordinators, who use them to make the program better. You can change them until { $at }.
survey-reminder = The closing survey is open until { $at }. If you have a few minutes, the coordinators would love to hear how it was for you. This is the only reminder.
closing-certificate = Your certificate is attached. You can get it again with `/mentorship certificate`.
certificate-title = Certificate of Participation
certificate-before-name = This certifies that
certificate-library = of { $library }
certificate-took-part = took part as a { $role }
certificate-run = from { $from } to { $until }
certificate-met = { $meetings ->
    [one] { $least ->
        [yes] and met at least once
       *[no] and met once
    }
   *[other] { $least ->
        [yes] and met at least { $meetings } times
       *[no] and met { $meetings } times
    }{ $months ->
        [one] , in one month
       *[other] , in { $months } different months
    }
}
certificate-issued = Issued on { $day }
certificate-alt = Certificate of participation in the { $program }
certificate-note = Here is your certificate, made out to { $name }. You can print it or keep it as it is.
certificate-on-its-way = Your certificate is on its way to you in a direct message.
closing-heading = Thank you for being part of it
closing = The { $program } has come to its end.{ $met } Thank you for the time you gave.
met-together = { $meetings ->
    [one] { $least ->
        [yes] You met at least once.
       *[no] You met once.
    }
   *[other] { $least ->
        [yes] You met at least { $meetings } times
       *[no] You met { $meetings } times
    }{ $months ->
        [one] , in one month.
       *[other] , in { $months } different months.
    }
}
closing-survey = One last thing: how was it for you? The survey takes about five minutes and is open until { $at }. Only the coordinators read your answers.

## My data
button-delete-yes = Yes, delete everything about me
button-export-first = Send me a copy first
person-gone = (somebody who left)
delete-heading = Delete everything about me
delete-question = Here is what happens if you say yes. It happens at once, and nobody can undo it.
delete-pair = Your pairing ends. Your partner is told kindly that it has ended, and not why. The coordinators are told that somebody asked to be forgotten, and who needs a new partner, but not your name.
delete-removes = Removed: your name, account, e-mail address, settings, application and drafts, signature, notes, survey, messages that wait for you, and your line on the list of PLSEP participants here.
delete-counts = Kept: counts without a name, such as how many people applied, and in which months a pair met.
delete-office = The library office keeps its own enrollment records outside this program. Ask the office if you want those removed, too.
delete-platform = What you and others wrote in the channels stays with the chat platform and its own rules.
delete-backups = Copies that the office makes for safety are replaced in time by newer ones without you.
delete-instead = If you only want a break, pause my questions instead. If you have a question first, write to { $contact }.
button-export-yes = Yes, give me a copy
export-heading = Everything held about you
export-question = You can have a copy of everything that is held about you here: who you are, your settings, application, signature, pairs, meetings, answers, notes, survey, waiting messages, and what was done about you. You get two files with the same content, one to read and one for programs. Only you see them.
export = This is everything that was held about you on { $at }. The text file is for reading, the JSON file is for programs. Keep them somewhere safe: they hold what you told the coordinators in confidence.
export-on-its-way = Your copy is on its way to you in a direct message.
export-alt-text = Everything held about you, to read
export-alt-json = The same, for programs
data-part-profile = Who you are
data-part-settings = Your settings
data-part-coordinator = Coordinator
data-part-roster = The list of PLSEP participants
data-part-applications = Your application
data-part-signatures = Your signature
data-agreed-until = May go on until
data-part-pairs = Your pairs
data-part-meetings = Your meetings
data-part-meeting-drafts = Meetings half typed
data-part-check-ins = Your answers about each month
data-part-pulses = Your private answers about the fit
data-part-concerns = What coordinators were asked to look at
data-part-survey = Your closing survey
data-part-rulings = What coordinators decided about a pair with you
data-part-messages = Messages that wait for you
data-part-events = When you last did something here
data-part-audit = What was done, by you or about you
data-name = Name
data-account = Account
data-email = E-mail
data-locale = Language of your app
data-zone = Time zone of your app
data-here = In this community
data-seen-at = Seen
data-chosen-language = Language you chose
data-chosen-zone = Time zone you chose
data-hours-from = Hours from, in minutes after midnight
data-hours-to = Hours until, in minutes after midnight
data-reach = Where you are asked
data-snoozed-until = Paused until
data-since = Since
data-library-system = Library system
data-active = Active
data-updated-at = Last changed
data-season = Season
data-role = Role
data-state = Stands
data-decline-reason = Why it was declined
data-submitted-at = Sent
data-answers = Answers as sent
data-draft = Answers as last typed
data-typed-name = Name as you typed it
data-signed-at = Signed
data-text-version = Version of the text
data-timing = Timing
data-signed-text = What you signed
data-partner = Partner
data-end-reason = Why it ended
data-cadence = How often you meet
data-reasons = Why you were matched, as computed
data-starts-at = Begins
data-minutes = Minutes
data-place = Place
data-met = You said that you met
data-words = As typed
data-length = Length as typed
data-kept-at = Kept
data-period = Month
data-answer = Answer
data-given-at = Given
data-occasion = Occasion
data-asked-at = Asked
data-note = Your note
data-answered-at = Answered
data-kind = What it is
data-raised-at = Raised
data-resolved-at = Resolved
data-resolution = How it was resolved
data-ruling = Decision
data-decided-at = Decided
data-due-at = Goes out
data-message = Begins with
data-at = When
data-action = What
data-subject = About
data-is-yes = yes
data-is-no = no
data-is-mentee = mentee
data-is-mentor = mentor
data-is-draft = draft, not sent
data-is-submitted = received
data-is-not-on-roster = waiting for the roster
data-is-accepted = accepted
data-is-wait-listed = on the waiting list
data-is-declined = declined
data-is-withdrawn = withdrawn
data-is-published = being introduced
data-is-introduced = introduced
data-is-ended = ended
data-is-archived = ended, channel closed
data-is-completed = the season ran its course
data-is-mentee-left = the mentee left
data-is-mentor-left = the mentor left
data-is-channel = in the channel
data-is-direct = in a direct message
data-is-on-time = on time
data-is-late = late
data-is-met = we met
data-is-planned = planned
data-is-not-yet = not yet
data-is-need-help = we need help
data-is-held = held
data-is-missed = did not take place
data-is-disputed = you two remember it differently
data-is-cancelled = cancelled
data-is-monthly = once a month
data-is-good = good
data-is-deciding = still deciding
data-is-not-good = not a good fit
data-is-first-meeting = after the first meeting
data-is-mid-term = half way
data-is-pinned = a coordinator made this pair
data-is-forbidden = a coordinator keeps you apart from somebody
deleted-heading = You are forgotten here
deleted = Everything about you has been removed. If you come back one day, you start anew, and you are welcome. Thank you for the time you gave.
erased-notice = Somebody asked to be forgotten, and everything about them has been removed. Please do not look for the reason; they were promised that it is nobody's business.
erased-notice-partners = A pairing has ended with it. Please get in touch with:

## Coordinators
office-heading = Coordinators' desk
office-welcome = This is the coordinators' channel. Here you will hear about applicants who are not on the roster, pairs that need help, and messages that could not be delivered. Press the button to see how the season stands.
steward-first = You own or administer this community, so you can appoint coordinators, yourself included: type { $command } and name the person. After that, the coordinators can do this.
office-topic = Coordinators of the mentorship program
season-heading = { $program }: the season
season-phase = { $phase ->
    [draft] Applications are **not open yet**.
    [applications_open] Applications are **open**.
    [review] Applications are **closed**. Decide on the applications that wait, then propose pairs and publish them.
    [agreements_due] The **acknowledgement forms are due** soon.
    [running] The program is **running**.
    [wrap_up] The program has ended and is **wrapping up**.
   *[closed] The season is **closed**.
}
figure-drafts = { $count ->
    [one] One application started but not sent
   *[other] { $count } applications started but not sent
}
figure-waiting = { $count ->
    [one] One application waits for a decision
   *[other] { $count } applications wait for a decision
}
figure-not-on-roster = { $count ->
    [one] One of the waiting mentees is not on the roster
   *[other] { $count } of the waiting mentees are not on the roster
}
figure-mentees = { $count ->
    [one] One accepted mentee
   *[other] { $count } accepted mentees
}
figure-mentors = { $count ->
    [one] One accepted mentor
   *[other] { $count } accepted mentors
}
figure-pairs = { $count ->
    [one] One pair
   *[other] { $count } pairs
}
figure-unsigned = { $count ->
    [one] One acknowledgement form is not signed
   *[other] { $count } acknowledgement forms are not signed
}
figure-dead-letters = { $count ->
    [one] One message could not be delivered
   *[other] { $count } messages could not be delivered
}
queue-empty = Nobody is waiting for a decision.
queue-heading = { $count ->
    [one] One application waits
   *[other] { $count } applications wait
}
queue-line = { $person }, { $role }, { $system }{ $state ->
    [not_on_roster] { " " }(**not on the roster**)
    [wait_listed] { " " }(on the waiting list)
   *[other] { "" }
}
queue-next = Choose somebody below to read their application and to decide on it.
queue-menu = Read an application
queue-choice = { $name }, { $role }
application-view-heading = { $name }: application as a { $role }
application-view-state = { $person } { $state ->
    [draft] has begun this application and has not sent it. Only they can read it until they send it.
    [submitted] waits for your decision.
    [not_on_roster] waits for your decision and is **not on the roster**. Accepting them says that they belong to the program.
    [accepted] is accepted.
    [wait_listed] is on the waiting list.
    [declined] was declined. They read this reason:
   *[withdrawn] has withdrawn this application.
}
application-view-sent = { $at }: last sent by the applicant
application-view-unanswered = (no answer)
application-view-goes-on = { $question }, continued
application-view-unread = There are no answers to read.
audit-line = { $at }: { $what }, by { $by }
audit-bot = the bot
audit-forgotten = somebody who asked to be forgotten
audit-operator = whoever operates the bot
audit-agreement-sign = acknowledgement form signed
audit-application-accept = application accepted
audit-application-decline = application declined
audit-application-roster = roster looked at again for an application
audit-application-wait-list = application put on the waiting list
audit-application-withdraw = application withdrawn
audit-coordinators-add = coordinator added
audit-coordinators-remove = coordinator removed
audit-coordinators-add-group = group made coordinators
audit-coordinators-remove-group = group no longer coordinators
audit-coordinators-reopen = new coordinators' channel opened
audit-pair-reopen = new channel for a pair opened
audit-coordinators-enter = came into the coordinators' channel
audit-match-ask-one-more = mentor asked to take one more mentee
audit-match-forbid = two people kept apart
audit-match-one-more = one more mentee offered
audit-match-pin = pair pinned
audit-match-propose = pairs proposed
audit-match-publish = pairs published
audit-match-release = decision about a pair taken back
audit-my-data-delete = data about a person deleted at their wish
audit-my-data-export = copy of a person's data made for them
audit-roster-import = roster imported
audit-roster-undo = import of the roster taken back
audit-roster-link = line of the roster linked to an account
audit-roster-unlink = line of the roster parted from an account
audit-season-move-undone = moved date of the season put back
audit-season-close-applications = applications closed
audit-season-close-pairs = pairs closed at the end of the season
audit-season-create = season set up
audit-season-move = date of the season moved
audit-undelivered-leave-it = undelivered message laid aside
audit-undelivered-try-again = undelivered message tried again
accept-all-question = { $count ->
    [0] Nobody who waits is eligible right now, so nobody would be accepted.
    [one] Accept one eligible applicant? The person gets a message.
   *[other] Accept all { $count } eligible applicants? Each gets a message.
}{ $left ->
    [0] { "" }
    [one] { " " }One applicant is not on the roster or on the waiting list, and stays in the queue.
   *[other] { " " }{ $left } applicants are not on the roster or on the waiting list, and stay in the queue.
}
accept-all-done = { $count ->
    [0] Nobody was accepted, because nobody who waits is eligible.
    [one] One applicant is accepted and will be told.
   *[other] { $count } applicants are accepted and will be told.
}
decided = { $state ->
    [accepted] { $person } is accepted and will be told.
    [wait_listed] { $person } is on the waiting list and will be told. When a place opens, accept them with `/mentorship-admin applications accept`.
   *[declined] { $person } is declined and will be told, with your reason.
}
notice-not-on-roster = { $person } applied as a mentee and is not on the roster.
notice-roster-inactive = { $person } applied as a mentee, and the roster says that they no longer take part.
notice-not-on-roster-what = If they belong to the program, accept them, or mend the roster and import it again. If not, decline with a reason, which they will read. You can also do it later with `/mentorship-admin applications queue`.
notice-found-on-roster = { $count ->
    [one] One applicant is on the roster now and waits for your decision
   *[other] { $count } applicants are on the roster now and wait for your decision
}
notice-off-roster = { $person } is no longer on the roster, and their application is { $state ->
    [accepted] accepted. Nothing has changed for them
    [wait_listed] on the waiting list. Nothing has changed for them
   *[submitted] received. It waits in the queue until you decide
}. Please find out what is right: mend the roster, or write to them.
decline-title = Decline
decline-reason-label = The reason
decline-reason-hint = The person will read it. Say what they can do next.
unsigned-names = Not signed yet:
notice-concern = { $mentor } and { $mentee }, { $month }: { $standing ->
    [needs_help] one of them asks for help. Please write to them.
   *[disagree] one says they met, the other that they did not. Please ask them kindly.
}
notice-undelivered = I could not deliver { $what ->
    [introduction] the introduction
    [farewell] the farewell
    [admission] the invitation to this channel
    [change] a correction to an earlier message
   *[message] a message
} { $people ->
    [0] to its channel.
    [one] for { $one }.
   *[other] for { $one } and { $other }.
}
notice-not-dismissed = I could not take { $person } out of this channel. They are no longer a coordinator, and can read it until they are out. Please take them out yourselves in the channel's settings and press { $button }, or let me try again.
notice-undelivered-why = { $why ->
    [person-gone] One of them is not here any more. If they come back, try again; if not, leave it.
    [person-unreachable] The person does not take direct messages from the bot. Please tell them another way and leave it, or ask them to allow direct messages and try again.
    [place-gone] The channel or message is not there any more. Please tell them another way and leave it, or try again if the channel has been brought back.
    [not-allowed] The bot lacks a permission. Please ask whoever runs this server or workspace to give it, then try again.
    [full] There is no room for another channel. Please remove one that is not needed, or let the bot use private threads, then try again.
   *[refused] The chat did not accept it, several times. Please try again later; if that does not help, tell them another way and leave it.
}
undelivered-again = I am trying again. If it does not work this time either, I will tell you here.
undelivered-left = I am leaving it. Nothing more will be sent.
undelivered-settled = This has been taken care of already. There is nothing left to do.
notice-left = { $name } ({ $person }) has left. Please look at `/mentorship-admin pairs list` and decide how to go on.
close-question = Close applications now instead of on { $at }? { $drafts ->
    [0] Nobody has an unsent application.
    [one] One person has an unsent application and will no longer be able to send it.
   *[other] { $drafts } people have unsent applications and will no longer be able to send them.
}
close-done = Applications are closed. Next, decide on those that wait, then propose pairs.
move-question = Move this date? { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}: { $at }. { $people ->
    [0] Nobody needs to be told.
    [one] One person will be told.
   *[other] { $people } people will be told.
}
move-at-once = { $date ->
    [applications_open] This is in the past, so applications open as soon as you confirm.
    [applications_close] This is in the past, so applications close as soon as you confirm. Whoever has not sent theirs can no longer do so.
    [agreements_due] This is in the past, so whoever has not signed is late as soon as you confirm. They can still sign.
    [runs_from] This is in the past, so the program starts as soon as you confirm.
    [runs_until] This is in the past, so the program ends as soon as you confirm. Pairs get their farewell, their channels are closed, and everybody gets the closing survey. That cannot be taken back.
   *[wrap_up_until] This is in the past, so the season closes as soon as you confirm. The closing survey can no longer be answered.
}
move-done = The date is moved. { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}: { $at }. { $people ->
    [0] Nobody needed to be told.
    [one] One person is being told.
   *[other] { $people } people are being told.
}
move-done-before = Nothing changed, because this date is already set, and nobody is told again. { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}: { $at }. To choose another date, use the command again.
move-done-undo = You can undo this within ten minutes, as long as nothing has followed from it.
move-undone = The date is back where it was. { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}: { $at }. { $people ->
    [0] Nobody had been told of the move, and nobody will be.
    [one] One person had been told of the move and hears that the date stays.
   *[other] { $people } people had been told of the move and hear that the date stays.
}
date-name = { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}
date-line = { $date }: { $at }
date-menu = Move a date
date-form = Move a date
date-form-intro = { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}. Dates are meant in the time zone { $zone }. Before anything changes you see who would be told.
date-form-day = { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}: day
date-form-day-hint = Such as 2025-02-17, or February 17
date-form-time = Time of day
date-form-time-hint = Such as 11:59 PM. Empty: the whole day
date-form-submit = Continue
next-season-heading = Set up { $program }?
next-season-dates = These dates are a proposal from the program's file. Once the season is set up, you can move each of them.
next-season-carries = The roster, the coordinators, and what people have set for themselves stay. Applications, pairs and forms begin anew. The season before stays closed, with everything that is in it. Nobody is told by the bot.
next-season-check = Years in the name and in the acknowledgement form are moved along. If a text or a question should change, or names a day that you mean to move, let whoever operates the bot change the program's file first: whatever it says is what the season begins with.
next-season-done = { $program } is set up. Applications open on { $at }. Look at the dates once more. Then tell people where they read your news; they apply with `/mentorship apply`.
concerns-empty = There is nothing to look at. Whoever asks for help, or says in private that something is wrong, appears here.
concerns-heading = { $count ->
    [one] One thing to look at
   *[other] { $count } things to look at
}
concern-kind = { $kind ->
    [disagree] One says they met, the other that they did not
    [needs_help] Help is asked for
    [not_good_fit] Not a good fit, said in private
    [asked] A question
    [unreachable] Direct messages do not arrive
    [left] Somebody has left
    [silent] Nothing was heard of a pair
    [place_lost] A pair's channel is gone
   *[off_roster] No longer on the roster
}
concern-of-one-in-pair = { $what }: { $person }, about the pair of { $mentor } (mentor) and { $mentee } (mentee)
concern-of-pair = { $what }: { $mentor } (mentor) and { $mentee } (mentee)
concern-of-person = { $what }: { $person }
concern-of-nobody = { $what }
concern-line = { $what }, since { $at }.
concern-choice = { $kind ->
    [disagree] Differing answers
    [needs_help] Help
    [not_good_fit] Fit
    [asked] Question
    [unreachable] Not reached
    [left] Left
    [silent] Silent
    [place_lost] Channel gone
   *[off_roster] Roster
}: { $names }
concern-menu = Look at one
concern-heading = To look at
concern-since = Since { $at }.
concern-note = What they wrote or chose, for coordinators alone:
concern-unassigned = Nobody looks after it yet.
concern-assigned = { $person } looks after it.
concern-resolved = Resolved by { $by } on { $at }:
concern-yours = You look after this now.
concern-handed-over = It is handed over. They get a message.
concern-handed = { $by } asks you to look after this.
concern-hand = Hand it to a coordinator
concern-next = { $kind ->
    [disagree] Ask both kindly what happened. If they missed each other, help them to set another meeting.
    [needs_help] Write to them and ask what would help.
    [not_good_fit] Write to the person who said so. Their partner does not know, so say nothing to the partner before they agree.
    [asked] Answer them directly. They see no answer here.
    [unreachable] Reach them another way, such as by e-mail or in their channel.
    [left] Write to whoever stayed, and decide how to go on.
    [silent] Write to both, and ask how it goes.
    [place_lost] Have a new channel opened for them with the button. If they wanted to end, end the pair instead.
   *[off_roster] Find out what is right: mend the roster, or write to them.
} When it is settled, resolve it with a note.
resolution-title = Resolve
resolution-label = What came of it
button-concerns = What to look at
button-concern-take = I look after it
button-concern-resolve = Resolve with a note
button-concern-reopen = Open it again
button-concern-more = See it, or hand it over
audit-concern-assign = coordinator for a concern chosen
audit-concern-resolve = concern resolved
audit-concern-reopen = concern opened again
pair-view = { $mentor } (mentor) and { $mentee } (mentee)
pair-view-state = { $state ->
    [published] Published on { $at }; the introduction is on its way
    [introduced] Introduced on { $at }
    [ended] Ended on { $at }; the farewell is on its way
   *[archived] Ended, and their channel closed on { $at }
}
pair-view-month = { $month }: { $standing ->
    [met] they met
    [planned] a meeting is planned
    [not_yet] not yet
    [needs_help] **they ask for help**
    [disagree] **their answers differ**
   *[waiting] no answer yet
}
pair-view-held = { $count ->
    [0] No meeting is noted yet
    [one] One meeting is noted
   *[other] { $count } meetings are noted
}
pair-view-latest = The latest: { $at }
pair-view-next = The next: { $at }
pair-view-concerns = { $count ->
    [one] One thing about them waits to be looked at
   *[other] { $count } things about them wait to be looked at
}
button-pair-log = Note a meeting for them
button-pair-end = End this pair
button-pair-end-yes = Yes, end it and tell both
pair-log-title = Note a meeting
pair-log-intro = A meeting of { $mentor } and { $mentee } that took place. They are told, and each can say if it is not so.
pair-log-hint = Date and time, such as 3/14 14:00
pair-log-ambiguous = This could be more than one time. Please write date and time in full, such as 3/14/2025 2:00 pm.
pair-log-known = A meeting of theirs at about that time is known already: { $at }. Nothing was noted again.
pair-log-done = Noted: { $mentor } and { $mentee } met on { $at }. They read it in their channel, and each can say if it is not so.
pair-end-heading = End this pair?
pair-end-question = Two people will be told: { $mentor } and { $mentee }. They read this in their channel, from { $at }:
pair-end-then = Then their channel closes; what they wrote is kept. Both stay in the program, and the next proposal looks for other partners for them. If the two should be matched again after all, take that back with `/mentorship-admin match release`.
pair-end-ask-why = Why is it ended? The two are not told. The audit log keeps it, for coordinators.
pair-end-why = Choose the reason
pair-end-because = The reason, for the audit log alone: { $cause }.
end-cause = { $cause ->
    [left-program] one of them has left the program
    [moved] one of them has moved or works elsewhere
    [not-good-fit] not a good fit
    [no-contact] they did not get in touch
    [asked] one of them asked for it
   *[other] another reason
}
pair-end-done = The pair of { $mentor } and { $mentee } is ended, and both will be told. Please write to them. To find other partners for them, propose pairs.
confirm-holds = You can answer this for { $minutes } minutes. Nothing happens until you do.
audit-heading = { $count ->
    [one] One entry of the audit log
   *[other] { $count } entries of the audit log, the newest first
}
audit-empty = There is no such entry in the audit log.
audit-report-export = season handed out as files
audit-audit-export = audit log handed out as a file
audit-only-group = Only what concerns { $group ->
    [season] the season
    [roster] the roster
    [applications] applications and acknowledgement forms
    [matching] matching
    [pairs] pairs
    [nudges] the monthly question
    [announcements] announcements and undelivered messages
    [concerns] what coordinators look after
    [coordinators] the coordinators
   *[reports] exports and personal data
}.
audit-only-since = Only since { $at }.
audit-file-heading = The audit log as a file
audit-file = { $count ->
    [one] One entry
   *[other] { $count } entries, the oldest first
}. Every time is given in { $zone }.
audit-file-care = The file holds names. Keep it where only coordinators can read it, and delete your copy when you are done.
audit-file-alt = Who did what, and when: for coordinators only
audit-column-at = When ({ $zone })
audit-column-by = By whom
audit-column-what = What
audit-column-action = Action
audit-column-about = About whom
audit-column-subject = Done to
audit-column-detail = Detail
nudge-now-heading = Ask now?
nudge-now-whom = { $pairs ->
    [0] There is nobody to ask about { $month } now: every pair has been asked, has met, or has a meeting ahead.
    [one] One pair is asked about { $month }; the question goes to { $people ->
        [one] one person
       *[other] { $people } people
    }:
   *[other] { $pairs } pairs are asked about { $month }; the questions go to { $people } people:
}
nudge-now-at = It leaves on { $from }.
nudge-now-when = The first question leaves on { $from }. Where it is too early or too late to write to people, it waits; the last leaves on { $until }.
button-nudge-now = { $people ->
    [one] Yes, ask one person
   *[other] Yes, ask { $people } people
}
nudge-now-done = The question is on its way. Whoever was asked now is not asked again when the month's date comes.
nudges-paused = The monthly question is paused, and so is asking again. Nobody is asked until you let it go on. People can still answer by themselves, and reminders of their meetings go on as before.
nudges-not-paused = The monthly question is not paused. There is nothing to do.
nudges-resumed = The monthly question goes on.
nudges-news-paused = { $by } has paused the monthly question. Nobody is asked until it goes on: `/mentorship-admin nudges resume`.
nudges-news-resumed = { $by } has let the monthly question go on.
nudges-resume-heading = Let the monthly question go on?
nudges-resume-since = It has been paused since { $at }.
nudges-resume-missed = What came due meanwhile is asked right away, once.
nudges-resume-nobody = Nobody is asked right away.
nudges-resume-nobody-else = Nobody else is asked right away.
nudges-resume-held = { $count ->
    [one] One question was on its way when the pause began. It goes out by { $until }.
   *[other] { $count } questions were on their way when the pause began. They go out between { $from } and { $until }.
}
button-nudges-resume = Let it go on
button-nudges-resume-yes = Yes, let it go on
season-nudges-paused = The monthly question has been **paused** since { $at }. Let it go on with `/mentorship-admin nudges resume`.
season-nudges-next = The monthly question is asked next on { $at }.
nudge-schedule-heading = When the monthly question is asked
nudge-schedule-dates = { $count ->
    [one] The last time this season:
   *[other] The next times:
}
nudge-schedule-date = { $at }
nudge-schedule-none = It is not asked any more while this program runs.
nudge-schedule-how = To change it, choose below. For other dates, type a cron line behind the command: minute, hour, day of the month, month and weekday. Now it is { $line }.
nudge-schedule-menu = Choose when to ask
nudge-schedule-choice = { $name ->
    [first] On the 1st of each month at 10:00
    [tenth] On the 10th of each month at 10:00
    [fifteenth] On the 15th of each month at 10:00
    [twentieth] On the 20th of each month at 10:00
   *[first-monday] On the first Monday of each month at 10:00
}
nudge-schedule-ask = Ask on these dates?
nudge-schedule-then = A pair is asked once a month at most, and not again if it was asked this month. Nobody is told of the change.
nudge-schedule-done = The dates have changed.
button-nudge-schedule = Yes, ask on these dates
audit-nudges-send-now = month's question asked at once
audit-nudges-pause = monthly question paused
audit-nudges-resume = monthly question let go on
audit-nudges-schedule = dates of the monthly question changed
announcement-title = Say something to many
announcement-intro = { $to ->
    [mentees] Every accepted mentee reads this, directly from me.
    [mentors] Every accepted mentor reads this, directly from me.
    [pairs] Every pair that has been introduced reads this in its own channel.
   *[everyone] Every accepted mentee and mentor reads this, directly from me.
} You see it first, and nothing is sent before you say so.
announcement-label = What you want to say
announcement-hint = Plain words. It is sent as you write it, in one language.
announcement-submit = Look at it first
announcement-heading = News from the coordinators
announcement-foot = { $to ->
    [mentees] The coordinators sent this to every mentee.
    [mentors] The coordinators sent this to every mentor.
    [pairs] The coordinators sent this to every pair.
   *[everyone] The coordinators sent this to every mentee and mentor.
}
announcement-ask = Send this?
announcement-changed = Somebody has joined or left since you were asked, so please look once more. Nothing has been sent yet.
announcement-who = { $to ->
    [pairs] { $count ->
        [one] One pair reads it in its channel
       *[other] { $count } pairs read it, each in its own channel
    }
    [mentees] { $count ->
        [one] One mentee reads it, directly from me
       *[other] { $count } mentees read it, each directly from me
    }
    [mentors] { $count ->
        [one] One mentor reads it, directly from me
       *[other] { $count } mentors read it, each directly from me
    }
   *[everyone] { $count ->
        [one] One person reads it, directly from me
       *[other] { $count } people read it, each directly from me
    }
}. The first is sent on { $from }.
announcement-later = Where it is too early or too late to write to people, it waits until the day begins. The last is sent on { $until }.
announcement-looks = This is what they read. My words around yours are in each reader's own language.
button-announce-yes = { $to ->
    [pairs] { $count ->
        [one] Yes, send it to one pair
       *[other] Yes, send it to { $count } pairs
    }
   *[other] { $count ->
        [one] Yes, send it to one person
       *[other] Yes, send it to { $count } people
    }
}
button-announce-stop = Stop what is not sent yet
button-announce-again = Try again those that failed
announcement-started = { $to ->
    [pairs] { $count ->
        [one] It is on its way to one pair.
       *[other] It is on its way to { $count } pairs.
    }
   *[other] { $count ->
        [one] It is on its way to one person.
       *[other] It is on its way to { $count } people.
    }
} The coordinators' channel shows how far it has come. There you can also stop what is not sent yet.
announcement-so-far = Announcement to every { $to ->
    [mentees] mentee
    [mentors] mentor
    [pairs] pair
   *[everyone] mentee and mentor
}: { $sent } of { $messages } sent, { $waiting } still to go. Each waits for an hour that suits its readers.
announcement-end = Announcement to every { $to ->
    [mentees] mentee
    [mentors] mentor
    [pairs] pair
   *[everyone] mentee and mentor
}: { $sent } of { $messages } sent{ $waiting ->
    [0] { "." }
   *[other] , { $waiting } still to go. They follow by themselves.
}
announcement-stopped = { $stopped ->
    [one] One was stopped before anybody saw it.
   *[other] { $stopped } were stopped before anybody saw them.
}
announcement-unread = { $unread ->
    [one] One person takes no direct messages from me, and reads it at their next visit.
   *[other] { $unread } people take no direct messages from me, and read it at their next visit.
}
announcement-failed = { $failed ->
    [one] One could not be sent:
   *[other] { $failed } could not be sent, among them to:
}
announcement-stop-done = { $count ->
    [0] There was nothing left to stop: everything has been sent, or is being sent right now.
    [one] One message is stopped. Nobody has seen it.
   *[other] { $count } messages are stopped. Nobody has seen them.
}
announcement-fails = Some messages of an announcement could not be sent. The message about the announcement says to whom, and counts on as more comes to light. When what stood in the way is mended, try again those that failed.
announcement-again-done = { $count ->
    [0] There is nothing to try again.
    [one] I am trying one message again. If it does not work, I will tell you here.
   *[other] I am trying { $count } messages again. If one does not work, I will tell you here.
}
audit-announce-send = announcement sent
audit-announce-stop = announcement stopped
audit-announce-again = failed messages of an announcement tried again
audit-reminded = { " (" }{ $count ->
    [one] one person
   *[other] { $count } people
})
audit-announced = { " (" }{ $to ->
    [mentees] to mentees
    [mentors] to mentors
    [pairs] to pairs
   *[everyone] to mentees and mentors
}, { $count ->
    [one] one message
   *[other] { $count } messages
})
audit-pair-end = pair ended
audit-pair-log = meeting noted on a pair's behalf
proposal-heading = { $count ->
    [0] No pair is proposed
    [one] One pair is proposed
   *[other] { $count } pairs are proposed
}
proposal-line = { $mentee } with { $mentor } (fit { $score } of 100{ $of ->
    [0] { "" }
   *[other] , choice { $rank } of { $of }
}): { $why }
proposal-left-heading = { $count ->
    [one] One person is left without a match
   *[other] { $count } people are left without a match
}
proposal-parted-heading = { $count ->
    [one] One published pair would part
   *[other] { $count } published pairs would part
}
proposal-left = { $person }: { $why }
office-unmatched-no-eligible-mentor = every mentor is ruled out for them: { $rules }.
office-unmatched-contested = { $eligible ->
    [one] one mentor would suit, but the place went to somebody else, so that as many people as possible are matched.
   *[other] { $eligible } mentors would suit, but their places went to others, so that as many people as possible are matched.
}
office-unmatched-no-eligible-mentee = every mentee is ruled out for them: { $rules }.
office-unmatched-no-mentee-left = { $eligible ->
    [one] one mentee would suit, and found a mentor elsewhere.
   *[other] { $eligible } mentees would suit, and all found a mentor elsewhere.
}
office-unmatched-nobody-offers = no mentor has a free place.
office-unmatched-nobody-seeks = no mentee waits for a match.
office-unmatched-no-place = they have no place left to give.
office-contest = { " " }{ $count ->
    [one] One mentee ({ $mentees }) competes
   *[other] { $count } mentees ({ $mentees }) compete
} for { $places ->
    [0] no place
    [one] one place
   *[other] { $places } places
} with { $mentors }.
office-not-offered = { " " }Nobody offers: { $topics }.
ruled-out = { $rule ->
    [oneself] { $count } because it is the same person
    [own-supervisor] { $count } because one is the other's supervisor
    [forbidden] { $count } because a coordinator keeps them apart
   *[same-library-system] { $count } in the same library system
}
ruled-heading = { $count ->
    [one] One decision of the coordinators
   *[other] { $count } decisions of the coordinators
}
ruled-pinned = Pinned: { $mentee } with { $mentor }
ruled-forbidden = Kept apart: { $mentee } and { $mentor }
people-first = { $person }
people-next = , { $person }
people-more = { " " }and { $count } more
proposal-page = Page { $page } of { $pages }.
proposal-note = Nobody has been told yet. As many mentees as possible have a mentor; after that poor matches are avoided, and then the fit of all pairs together is best. “Choice 2 of 5” means that of five mentors who could take this mentee, one would fit better; `/mentorship-admin match why` says what stands against it. Change pairs with `match pin`, `match forbid` or `match swap`.
proposal-empty = If a mentor might take one more mentee, `/mentorship-admin match one-more` shows what that would gain.
proposal-published = These pairs are published. To match whoever is left, or whose pair has ended, propose again.
why-fit = How the fit adds up:
why-part = { $part ->
    [specialisations] Shared interests
    [times] Hours in common
    [formats] Ways of meeting
    [languages] Shared languages
    [position] The mentor holds a more senior position
    [years] More years in libraries
    [career] A few steps ahead, not too far
    [sought] The mentor holds the position the mentee aims for
    [wish] The mentee's wish
   *[goals] Goals and offer go together
}: { $points } of { $weight }
why-best = No mentor who could take { $mentee } would fit better.
why-better = These mentors would fit { $mentee } better:
why-better-line = { $mentor } (fit { $score }). { $count ->
    [0] Nobody has their places.
   *[other] With them: { $people }.
} { $stake }
why-stake = { $level ->
    [coverage] This pair would leave { $amount ->
        [one] one more mentee
       *[other] { $amount } more mentees
    } without a mentor.
    [kept] This pair would part { $amount ->
        [one] one pair that is published
       *[other] { $amount } pairs that are published
    }.
    [returning] This pair would leave { $amount ->
        [one] somebody whose pair ended
       *[other] { $amount } people whose pairs ended
    } without a mentor.
    [shortfall] This pair would make poor matches poorer (by { $amount } when what they lack is squared).
    [sum] This pair would cost all pairs together { $amount ->
        [one] one point
       *[other] { $amount } points
    } of fit.
    [lot] Both ways are equally good for all; the lot decided.
   *[decided] A decision of the coordinators stands against it.
}
why-mentor = { $mentor } has { $count ->
    [one] one mentee
   *[other] { $count } mentees
} in the proposal:
pin-question = Pin { $mentee } with { $mentor }? They stay together in every proposal, and you get a new proposal at once.
forbid-question = Keep { $mentee } and { $mentor } apart? They are together in no proposal, and you get a new proposal at once.
swap-question = Swap? { $one } would get { $one_gets }, and { $other } would get { $other_gets }. Both pairs are pinned, and you get a new proposal at once.
one-more-question = If { $mentor } took one more mentee:
one-more-full = They offered as many places as the application form knows, so they cannot be asked for more.
one-more-ask = Could you take one more mentee this season? { $waiting ->
    [one] One mentee is
   *[other] { $waiting } mentees are
} still without a mentor. You offered to take { $capacity }. It is fine to say no.
one-more-asked = { $mentor } gets the question now. You will read the answer in the coordinators' channel.
one-more-thanks = Thank you very much. You are noted for { $capacity ->
    [one] one mentee
   *[other] { $capacity } mentees
} now. You hear from us when pairs are published.
one-more-fine = That is fine, thank you for saying so. Nothing changes for you.
notice-one-more-yes = { $mentor } can take one more mentee. Propose again to use the place.
notice-one-more-no = { $mentor } cannot take one more mentee this time. Nothing changes.
weigh-coverage = { $change ->
    [same] Mentees with a mentor: { $after }, as now.
   *[other] Mentees with a mentor: { $before } now, { $after } then.
}
weigh-shortfall = { $change ->
    [same] Poor matches (fit below { $weak }): no change.
   *[other] Poor matches (fit below { $weak }), what they lack squared: { $before } now, { $after } then; less is better.
}
weigh-sum = { $change ->
    [same] Fit of all pairs together: { $after }, as now.
   *[other] Fit of all pairs together: { $before } now, { $after } then.
}
weigh-move = { $mentee } would move from { $from } to { $to }.
weigh-gain = { $mentee } would get { $to }.
weigh-loss = { $mentee } would lose { $from } and be without a mentor.
weigh-none = { $mentee } would be without a mentor.
weigh-nobody-moves = Nobody would move.
weigh-note = Nobody is told until you publish.
publish-parts = { $count ->
    [one] One published pair ends for it: both are told kindly, and their channel is closed.
   *[other] { $count } published pairs end for it: everybody is told kindly, and their channels are closed.
}
publish-question = Publish { $pairs ->
    [0] no new pair
    [one] one pair
   *[other] { $pairs } pairs
}? Each pair gets a private channel and an introduction.{ $left ->
    [0] { "" }
    [one] { " " }One person without a match gets a message with the reason.
   *[other] { " " }{ $left } people without a match get a message with the reason.
}
publish-time = { $minutes ->
    [one] All channels are open after about a minute.
   *[other] It takes about { $minutes } minutes until all channels are open. You need not wait: the coordinators' channel shows how far it has come.
}
publish-later = For some of the pairs it is not a time to write to them; the last introductions leave from { $at } on.
publish-room = { $rooms ->
    [0] There is no room here for another channel.
    [one] There is room here for one more channel.
   *[other] There is room here for { $rooms } more channels.
} { $beyond ->
    [yes] { $others ->
        [one] The other pair talks in a private thread, which only the two of them and the bot can read.
       *[other] The other { $others } pairs talk in private threads, each of which only its pair and the bot can read.
    } If every pair is to have a channel, delete channels that nobody needs before you publish.
   *[no] { $others ->
        [one] The other pair would get no place to talk.
       *[other] The other { $others } pairs would get no place to talk.
    } Before you publish, delete channels that nobody needs, or let the bot use private threads.
}
progress = { $done } of { $pairs } channels are open; { $minutes ->
    [one] about a minute left.
   *[other] about { $minutes } minutes left.
}
progress-end = { $open ->
    [0] The pairs are published: { $done } of { $pairs } channels are open, each with its introduction.
   *[other] The pairs are published: { $done } of { $pairs } channels are open, and { $open } still wait; they open as soon as they can.
}
progress-failed = { $failed ->
    [one] One channel could not be opened; a message here says why.
   *[other] { $failed } channels could not be opened; a message here says why for each.
} `/mentorship-admin pairs list` shows whose introduction is missing.
publish-done = { $pairs ->
    [0] It is published.
    [one] One pair is published; the introduction is on its way.
   *[other] { $pairs } pairs are published; their introductions are on their way.
}{ $left ->
    [0] { "" }
    [one] { " " }One person without a match is being told why.
   *[other] { " " }{ $left } people without a match are being told why.
}
pairs-empty = There are no pairs yet. Once applications are closed, propose pairs with `/mentorship-admin match propose`.
pairs-heading = { $count ->
    [one] One pair
   *[other] { $count } pairs
}
pairs-line = { $mentor } and { $mentee }: { $standing ->
    [published] introduction on its way
    [met] met this month
    [planned] a meeting is planned
    [not_yet] not yet this month
    [needs_help] **asks for help**
    [disagree] **answers differ**
    [waiting] no answer this month
   *[introduced] introduced
}, { $missing ->
    [0] both forms signed
    [one] { $one } has not signed
   *[other] neither form is signed
}
preview-heading = { $month }: { $count ->
    [0] no pair would be asked now
    [one] one pair would be asked now
   *[other] { $count } pairs would be asked now
}; { $leave ->
    [0] no pair is skipped.
    [one] one pair is skipped, because it has answered or need not be asked yet.
   *[other] { $leave } pairs are skipped, because they have answered or need not be asked yet.
}
preview-line = { $mentor } and { $mentee }
preview-note = Each of the two can answer: { $answers }
preview-outside = Pairs are asked only while the program runs, from { $at }.
coordinators-heading = { $count ->
    [0] There is no coordinator yet
    [one] One coordinator
   *[other] { $count } coordinators
}
coordinators-line = { $person }
coordinator-added = { $person } is now a coordinator and is being added to the coordinators' channel.
coordinator-already = { $person } is a coordinator already.
coordinator-removed = { $person } is no longer a coordinator, and is being taken out of the coordinators' channel.
coordinator-removed-by-name = { $person } is no longer a coordinator by name. Unless they are in a group that coordinates, they are being taken out of the coordinators' channel.
coordinator-not = { $person } is not a coordinator.
coordinator-last = { $person } is the last coordinator. Add another one first.
coordinators-groups = { $count ->
    [one] Everybody in this group is a coordinator:
   *[other] Everybody in these groups is a coordinator:
}
coordinators-group-line = { $group }
coordinators-groups-note = Whoever joins such a group is a coordinator a minute later at most, and whoever leaves it is one no longer. Each of them comes into the coordinators' channel with the button; whoever has left the group is out of the channel within a day.
coordinator-group-added = Everybody in the group “{ $group }” is a coordinator from now on, for as long as they are in it. They come into the coordinators' channel with the button { $button }, which they find in { $command }.
coordinator-group-already = The members of the group “{ $group }” are coordinators already.
coordinator-group-removed = Being in the group “{ $group }” no longer makes anybody a coordinator. Whoever came into the coordinators' channel by it is being taken out, unless they are still a coordinator by name or by another group.
coordinator-group-not = The members of the group “{ $group }” are not coordinators through it.
coordinator-group-last = Nobody but the members of the group “{ $group }” can coordinate the program. Add a person or another group first.
office-lost = The coordinators' channel is gone: somebody has deleted or archived it.
office-lost-held = Nothing that I had to say there is lost. I keep it until there is a place for it again.
office-lost-next = Press the button, and I open a new channel for the coordinators and say everything there.
office-lost-ask = Any coordinator can have a new channel opened with a button in { $command }.
office-reopened = I am opening a new channel for the coordinators. You will find it in your list of channels in a moment, with everything that had to wait.
office-is-there = The coordinators have a channel, or it is just being opened. There is nothing left to do.
office-entered = You are being added to the coordinators' channel. You will find it in your list of channels in a moment.
list-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}

## Roster
roster-form-title = Import the roster
roster-form-intro = The file is the list of everybody who takes part in PLSEP now, saved as CSV from your spreadsheet. The first row names the columns: **name** and **e-mail** are needed; **library system**, **active** (yes or no) and the **chat account** may be there, and other columns are passed over. You will see what would change before anything does.
roster-form-label = The list as a CSV file
roster-form-hint = In Excel or Google Sheets: Save as or Download, then CSV. Up to 5 megabytes.
button-roster-look = Show what changes
roster-file-wanted = To import the roster, type { $command }, choose **file**, and attach the list.
roster-nothing-changed = Nothing has changed. Mend the file and import it again.
roster-unreadable-too-large = This file is larger than { $megabytes } megabytes, so it was not read. A list of participants is much smaller: remove pictures and other sheets, save it as CSV, and try again.
roster-unreadable-not-fetched = The file could not be fetched from the chat. Attach it once more; if that fails again, ask whoever runs the bot to look at its permissions for files.
roster-unreadable-empty = This file is empty. Save the list as CSV again and look whether it has rows.
roster-unreadable-not-text = This is not a list: it looks like a picture or another kind of file. Save the list from your spreadsheet as CSV and choose that file.
roster-unreadable-workbook = This is a workbook of a spreadsheet program. Open it, save the sheet with the participants as CSV, and choose that file.
roster-unreadable-no-headings = No row of this file names its columns. Write “Name” and “E-mail” above the columns, save it as CSV, and try again.
roster-unreadable-no-rows = This file names its columns and has no rows below. Look whether the right sheet was saved.
roster-unreadable-too-many-rows = This file has more than { $rows } rows. Keep only the people who take part, and try again.
roster-preview-heading = What this file would change
roster-preview-on-its-way = Thank you. Some rows have a mistake, so what the file would change is on its way to you in a direct message, with a list of those rows.
roster-preview-again = The roster has changed since you were asked, so the numbers are new. Please look once more.
roster-figure-added = { $count ->
    [0] Nobody is new
    [one] One person is new
   *[other] { $count } people are new
}
roster-figure-changed = { $count ->
    [one] One line changes
   *[other] { $count } lines change
}
roster-figure-same = { $count ->
    [one] One line stays as it is
   *[other] { $count } lines stay as they are
}
roster-figure-repeated = { $count ->
    [one] One row says the same as a row before it
   *[other] { $count } rows say the same as a row before them
}
roster-figure-bad = { $count ->
    [one] One row has a mistake and would be left out
   *[other] { $count } rows have a mistake and would be left out
}
roster-figure-missing = { $count ->
    [one] One person on the roster is not in this file
   *[other] { $count } people on the roster are not in this file
}
roster-faults = What is wrong with the rows that would be left out:
roster-faults-more = { $count ->
    [0] The attached file says the same, to work through in a spreadsheet.
    [one] One more is in the attached file, row by row.
   *[other] { $count } more are in the attached file, row by row.
}
roster-fault-line = Row { $row }, { $column }: { $what }. { $mend }
roster-column-name = name
roster-column-first-name = first name
roster-column-last-name = last name
roster-column-email = e-mail
roster-column-chat-user = chat account
roster-column-library-system = library system
roster-column-active = active
roster-fault-missing = the cell is empty
roster-mend-missing = Fill it in.
roster-fault-not-an-email = “{ $found }” is not an e-mail address
roster-mend-not-an-email = Write it like name@library.example.
roster-fault-neither-yes-nor-no = “{ $found }” is neither yes nor no
roster-mend-neither-yes-nor-no = Write yes or no, or leave the cell empty for yes.
roster-fault-not-an-account = “{ $found }” is not the ID of an account
roster-mend-not-an-account = Copy the ID from the person’s profile, or leave the cell empty.
roster-fault-too-long = the cell has more than { $max } characters
roster-mend-too-long = Shorten it.
roster-fault-formula = “{ $found }” begins like a formula
roster-mend-formula = Write the words themselves.
roster-fault-odd-characters = the cell has characters that cannot be read
roster-mend-odd-characters = Type it anew.
roster-fault-open-quote = a quotation mark is opened and not closed
roster-mend-open-quote = Remove the quotation mark; the rows below it were not read.
roster-fault-same-email = row { $earlier } has the same e-mail address and says something else
roster-mend-same-email = Keep one of the two rows.
roster-fault-same-account = row { $earlier } has the same chat account
roster-mend-same-account = Leave the account with one of the two.
roster-report-row = Row
roster-report-column = Column
roster-report-found = What stands there
roster-report-what = What is wrong
roster-report-mend = How to mend it
roster-report-alt = A list of the rows to mend
roster-preview-nothing = The roster already says everything that could be read in this file, so there is nothing to import. If something is missing, mend it in the file and import it again.
roster-preview-missing = { $count ->
    [one] The person who is not in this file stays on the roster unless you say otherwise. Marked as no longer taking part, they cannot apply as a mentee, and you hear of it if they have applied.
   *[other] The people who are not in this file stay on the roster unless you say otherwise. Marked as no longer taking part, they cannot apply as mentees, and you hear of each who has applied.
}
roster-preview-question = What shall be done?
roster-preview-until = You can decide until { $until }. Until then nothing changes.
button-roster-import = { $bad ->
    [0] { $count ->
        [one] Import one row
       *[other] Import { $count } rows
    }
   *[other] { $count ->
        [one] Import the one good row, leave { $bad }
       *[other] Import the { $count } good rows, leave { $bad }
    }
}
button-roster-import-end = { $missing ->
    [one] Import { $count }, and one person no longer takes part
   *[other] Import { $count }, and { $missing } no longer take part
}
button-roster-end = Mark { $missing } as no longer taking part
button-roster-leave = Import nothing
roster-long-begun = Thank you. { $lines } lines are being written now, step by step. The coordinators' channel shows how far that has come, and says when it is done. You need not wait here.
roster-long-so-far = { $person } is importing a list of participants: { $taken } of { $lines } lines are written. This message changes until all of them are.
roster-done-heading = The roster is imported
roster-done-added = { $count ->
    [0] Nobody was added
    [one] One person was added
   *[other] { $count } people were added
}
roster-done-changed = { $count ->
    [one] One line was changed
   *[other] { $count } lines were changed
}
roster-done-same = { $count ->
    [one] One line stayed as it was
   *[other] { $count } lines stayed as they were
}
roster-done-ended = { $count ->
    [one] One person is marked as no longer taking part
   *[other] { $count } people are marked as no longer taking part
}
roster-done-left-out = { $count ->
    [one] One row was left out
   *[other] { $count } rows were left out
}
roster-done-left-alone = { $count ->
    [one] One line was changed by somebody else meanwhile, and was left as it is
   *[other] { $count } lines were changed by somebody else meanwhile, and were left as they are
}
roster-done-found = { $count ->
    [one] One applicant is on the roster now, and is told
   *[other] { $count } applicants are on the roster now, and are told
}
roster-done-undo = If this was the wrong file, you can take the import back for two days, as long as nothing has been built on it.
button-roster-undo = Take the import back
roster-left = Nothing was imported. The roster is as it was.
roster-undone = { $count ->
    [one] The import is taken back: one line is as it was before.
   *[other] The import is taken back: { $count } lines are as they were before.
}
roster-list-heading = { $count ->
    [0] The roster
    [one] One line of the roster
   *[other] { $count } lines of the roster
}
roster-list-search = These are the ones in which “{ $words }” stands.
roster-list-state = { $state ->
    [found] Shown are people who take part and are known in the chat.
    [not-yet] Shown are people who take part and have not been met in the chat yet.
   *[inactive] Shown are people who no longer take part.
}
roster-list-line = { $line }: { $state }
roster-line-found = in the chat as { $person }
roster-line-not-yet = not met in the chat yet
roster-line-inactive = no longer takes part
roster-list-empty = The roster is empty. Bring in the list of participants with { $command }.
roster-list-none = No line fits. Try a part of the name, of the library or of the e-mail address.
roster-list-menu = Look at one of them
roster-line-heading = { $name }
roster-line-email = E-mail on the roster
roster-line-library = Library
roster-line-library-none = Not given
roster-line-active = Takes part
roster-line-active-yes = Yes
roster-line-active-no = No longer
roster-line-account = In the chat
roster-line-account-of = { $person }
roster-line-account-none = Not met yet. Once they apply, the bot knows them by their e-mail address where the chat tells it, or by the link you make here.
roster-line-application = Application
roster-line-applied = { $state ->
    [draft] Begun and not sent
    [submitted] Waits for your decision
    [not_on_roster] Waits until the roster knows them
    [accepted] Accepted
    [wait_listed] On the waiting list
    [declined] Declined
    [withdrawn] Withdrawn
   *[none] None
}
roster-line-menu = Who is this in the chat?
roster-line-other = Somebody who is not in the menu? Type { $command } and name them.
roster-offer = { $person } is on no line of the roster. Which line is theirs? The likeliest stand first.
roster-offer-other = { $person } is on the line of { $name }. Is another line theirs? The likeliest stand first.
roster-offer-menu = Choose their line
roster-offer-hint = Not in the menu? Type { $command } again, and add a part of the name, the library or the address as **search**.
roster-link-question = Link the line of { $line } to { $person }? From then on they are known by this account, whatever their name or address.
roster-link-takes = This line is linked to { $person } now. That link would end.
roster-link-moves = { $person } is on the line of { $other } now. That link would end.
roster-link-inactive = This line says that its person no longer takes part.
roster-unlink-question = Part the line of { $name } from { $person }? The line stays on the roster, and belongs to nobody in the chat until it is linked again.
roster-losing = { $person } has applied and would no longer be on the roster. They are not dropped: you are asked to decide.
roster-linked = This line is linked.
roster-linked-found = This line is linked. Their application waited for it: they are told that it is read now, and it is in the queue.
roster-linked-already = This line is linked to that account already.
roster-unlinked = This line belongs to nobody in the chat now.
button-roster = To the roster
button-roster-found = In the chat ({ $count })
button-roster-not-yet = Not met yet ({ $count })
button-roster-inactive = No longer take part ({ $count })
button-roster-all = All lines
button-roster-link = Yes, link them
button-roster-unlink = Part from this account
button-roster-unlink-yes = Yes, part them
roster-preview-losing = { $count ->
    [one] One person who has applied is marked in this file as no longer taking part, or loses their account. They are not dropped: you are asked to decide.
   *[other] { $count } people who have applied are marked in this file as no longer taking part, or lose their account. They are not dropped: you are asked to decide about each.
}
roster-preview-missing-losing = { $count ->
    [one] One of those missing has applied. They are not dropped either: you are asked to decide.
   *[other] { $count } of those missing have applied. They are not dropped either: you are asked to decide about each.
}
refusal-no-roster-line = This person is on no line of the roster. Type `/mentorship-admin roster link` and name them to choose it.
refusal-not-linked = This line is linked to nobody in the chat, so there is nothing to part.
refusal-linked-by-address = The chat tells the same e-mail address that stands on this line, so the bot would find the person again at once. If the line is somebody else’s, mend the address in your list and import it again.

## Reports
report-on-its-way = Your report is on its way to you in a direct message.
report-only-you = Only you can see this. The picture shows the same numbers.
report-at = As of { $at }
report-day = { $month } { $day }
overview-heading = { $program } at a glance
overview-sent = Applications sent: { $mentees ->
    [one] one from a mentee
   *[other] { $mentees } from mentees
}, { $mentors ->
    [one] one from a mentor
   *[other] { $mentors } from mentors
}.{ $drafts ->
    [0] { "" }
    [one] { " " }One more is begun and not sent.
   *[other] { " " }{ $drafts } more are begun and not sent.
}
overview-mentees = Mentees: **{ $paired } of { $total }** have a mentor{ $parts }.
overview-mentors = Mentors: **{ $paired } of { $total }** have a mentee{ $parts }.
overview-part-alone = { $count } accepted and not paired
overview-part-wait-listed = { $count } on the waiting list
overview-part-undecided = { $count } waiting for a decision
overview-part-declined = { $count } declined
overview-part-withdrawn = { $count } withdrawn
overview-forms = Acknowledgement forms signed in pairs: **{ $mentees } of { $mentees-of }** mentees, **{ $mentors } of { $mentors-of }** mentors{ $late ->
    [0] .
    [one] ; one of them late.
   *[other] ; { $late } of them late.
}
overview-pairs = Pairs: { $live } going on, { $completed } completed, { $ended } ended early.
overview-month = { $month }: **{ $met } of { $pairs }** { $pairs ->
    [one] pair
   *[other] pairs
} met, { $least ->
    [yes] at least { $meetings ->
        [one] one meeting
       *[other] { $meetings } meetings
    }
   *[no] { $meetings ->
        [0] no meetings
        [one] one meeting
       *[other] { $meetings } meetings
    }
}{ $parts }.
overview-month-planned = { $count } planned
overview-month-not-yet = { $count } not yet
overview-month-with-coordinator = { $count } with a coordinator
overview-month-silent = { $count } without a word
overview-total = In all months: { $least ->
    [yes] at least { $meetings ->
        [one] one meeting
       *[other] { $meetings } meetings
    }
   *[no] { $meetings ->
        [0] no meetings yet
        [one] one meeting
       *[other] { $meetings } meetings
    }
}. { $met } of { $pairs } { $pairs ->
    [one] pair has
   *[other] pairs have
} met at least once.
overview-no-months = The program has not started, so there are no meetings to count yet.
overview-alt = { $at }. { $lines }
overview-panel-weeks = Applications by week
overview-panel-days = Applications by when they were sent
overview-name-mentees = Mentees
overview-name-mentors = Mentors
overview-panel-coverage = Who has a partner
overview-bar-mentees-paired = Mentees with a mentor
overview-bar-mentees-alone = Mentees not paired
overview-bar-mentees-waiting = Mentees not decided
overview-bar-mentees-gone = Declined, withdrawn
overview-bar-mentors-paired = Mentors with a mentee
overview-panel-forms = Acknowledgement forms signed
overview-bar-mentee-forms = Mentees in pairs
overview-bar-mentor-forms = Mentors in pairs
overview-of = { $value } of { $of }
overview-panel-months = Meetings by month, and how many pairs met
overview-panel-months-least = Meetings by month (+ at least), and how many pairs met
overview-column-met = { $met } of { $pairs } pairs
overview-column-ahead = to come
button-report-meetings = Meetings by pair
button-report-overview = The season at a glance
export-report-heading = The season as { $format ->
    [xlsx] a workbook
   *[csv] files for a spreadsheet
}
export-report = { $applications ->
    [one] One application
   *[other] { $applications } applications
}, { $pairs ->
    [one] one pair
   *[other] { $pairs } pairs
}, { $meetings ->
    [one] one meeting
   *[other] { $meetings } meetings
}, { $check-ins ->
    [one] one check-in
   *[other] { $check-ins } check-ins
}, { $signatures ->
    [one] one signature
   *[other] { $signatures } signatures
}, { $surveys ->
    [one] one closing survey
   *[other] { $surveys } closing surveys
}. Every time is given in { $zone }.
export-report-care = The { $format ->
    [xlsx] workbook holds
   *[csv] files hold
} names, e-mail addresses and answers. Keep { $format ->
    [xlsx] it where only coordinators can read it
   *[csv] them where only coordinators can read them
}, and delete your copy when you are done. For numbers without names, use `/mentorship-admin report overview`.
export-report-alt = Names, e-mail addresses and answers: for coordinators only
export-table-applications = Applications
export-table-pairs = Pairs
export-table-meetings = Meetings
export-table-check-ins = Check-ins
export-table-signatures = Signatures
export-table-survey = Closing survey
export-column-name = Name
export-column-account = Account in the chat
export-column-email = E-mail
export-column-role = Role
export-column-state = State
export-column-sent = Sent ({ $zone })
export-column-pair = Pair number
export-column-mentee = Mentee
export-column-mentor = Mentor
export-column-published = Published ({ $zone })
export-column-cadence = Means to meet
export-column-meetings = Meetings, at least
export-column-begins = Begins ({ $zone })
export-column-minutes = Minutes
export-column-month = Month
export-column-answer = Answer
export-column-given = Given ({ $zone })
export-column-typed = Name as typed
export-column-signed = Signed ({ $zone })
export-column-version = Version of the form
export-column-timing = In time
digest-heading = The week ahead: { $day }
digest-well = All is well: nothing waits for you, and everything was delivered.
digest-waiting = { $count ->
    [one] One application waits for a decision.
   *[other] { $count } applications wait for a decision.
}
digest-unsigned = { $count ->
    [one] One person in a pair has not signed the acknowledgement form:
   *[other] { $count } people in pairs have not signed the acknowledgement form:
}
digest-needs-help = { $count ->
    [one] In one pair somebody has asked for help with { $month }:
   *[other] In { $count } pairs somebody has asked for help with { $month }:
}
digest-disagree = { $count ->
    [one] In one pair the two answer differently whether they met in { $month }:
   *[other] In { $count } pairs the two answer differently whether they met in { $month }:
}
digest-not-yet = { $count ->
    [one] One pair says that it has not met in { $month } yet, and has no meeting ahead:
   *[other] { $count } pairs say that they have not met in { $month } yet, and have no meeting ahead:
}
digest-silent = { $count ->
    [one] One pair has said nothing about { $month }, and I know of no meeting in it:
   *[other] { $count } pairs have said nothing about { $month }, and I know of no meeting in it:
}
digest-pair = { $mentor } and { $mentee }
digest-concerns = { $count ->
    [one] One matter waits to be looked at{ $unassigned ->
        [0] .
       *[other] , and nobody looks after it.
    }
   *[other] { $count } matters wait to be looked at{ $alone ->
        [all] , and nobody looks after them.
       *[some] { $unassigned ->
            [0] .
            [one] ; nobody looks after one of them.
           *[other] ; nobody looks after { $unassigned } of them.
        }
    }
}
digest-undelivered = { $count ->
    [one] One message could not be delivered; it stands above, with a button to try again.
   *[other] { $count } messages could not be delivered; they stand above, each with a button to try again.
}
digest-due = In the next seven days:
digest-nothing-due = Nothing is due in the next seven days.
digest-date = { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}: { $at }
digest-meetings = { $count ->
    [one] One meeting is planned
   *[other] { $count } meetings are planned
}
notice-silent = Nothing has been heard of { $mentor } and { $mentee } since { $since }. They may be doing fine; please ask them kindly how it is going.
participation-heading = Who took part, in numbers
participation-line = { $what }: { $mentees } of { $mentees-of ->
    [one] one mentee
   *[other] { $mentees-of } mentees
}, { $mentors } of { $mentors-of ->
    [one] one mentor
   *[other] { $mentors-of } mentors
}
participation-signed = Signed the acknowledgement form
participation-month = Answered the question about { $month }
participation-fit = Said how they find the fit, { $occasion ->
    [first_meeting] after the first meeting
   *[mid_term] halfway
}
participation-survey = Gave the closing survey
participation-note = Only you can see this. Whoever is in two pairs is asked about each, and counts for each. Nobody is named; to see which pairs might like a word, use the button.
participation-none = There are no pairs yet, so nobody has been asked anything. See how matching stands with `/mentorship-admin season show`.
stuck-heading = { $count ->
    [one] One pair to write to
   *[other] { $count } pairs to write to
}
stuck-intro = Who has waited longest comes first. They may be doing fine and have told nobody; a kind word is often enough. Only you can see this.
stuck-line = { $mentor } (mentor) and { $mentee } (mentee): { $why ->
    [needs_help] one of them asked for help on { $since }.
    [disagree] their answers differ since { $since }: one says that they met, the other that they did not.
    [no_word] no word since { $since }, though they were asked.
   *[never_met] they could have met since { $since }, and have not met yet.
}
stuck-more = { $count ->
    [one] One more pair has waited less long and comes up here once these answer. To see every pair, type `/mentorship-admin report meetings`.
   *[other] { $count } more pairs have waited less long and come up here once these answer. To see every pair, type `/mentorship-admin report meetings`.
}
stuck-none = No pair needs a word now. A pair comes up here when it has not met { $days } days after it could begin, when it was asked and has not answered for { $days } days, when one of the two asks for help, or when their answers differ.
button-report-stuck = Pairs to write to
button-pair-write = Write to { $mentor } and { $mentee }
pair-note-title = Write to a pair
pair-note-intro = { $mentor } and { $mentee } read this in their private channel, with your name. Change the draft as you like.
pair-note-label = Your message to both
pair-note-hint = Plain words. It is sent as you write it.
pair-note-submit = Send it to both
pair-note-draft-hello = Hello { $mentor } and { $mentee },
pair-note-draft-ask = I wanted to ask how you two are getting on. There is no hurry, and nothing is wrong if you have not met lately: everybody is busy at times.
pair-note-draft-set = When it suits you, pick a time for your next meeting: press “{ $button }” below this message, or type /mentorship meeting set.
pair-note-draft-help = If anything stands in the way, press “{ $ask }”. Only the coordinators read that, and we are glad to help.
pair-note-heading = A word from your coordinator
pair-note-foot = { $by } wrote this to you two, and does not read your conversation here.
pair-note-done = Your message to { $mentor } and { $mentee } is on its way to their channel.
pair-note-later = Your message reaches { $mentor } and { $mentee } in their channel on { $at }: it waits for an hour that suits both.
audit-pair-write = message written to a pair
summary-run = The program runs from { $from } through { $until }.
summary-counted = { $at }.
summary-contact = Questions: { $contact }
summary-heading = The figures in words
summary-note-heading = The season on paper
summary-note = Here is a summary of the season as a PDF: numbers only, nobody is named. You can put it into a grant report as it is. For a spreadsheet, type { $export }.
heat-title = { $program }: meetings of the pairs
heat-subtitle = { $at }: pairs { $first } to { $last } of { $count }
heat-subtitle-all = { $at }
heat-heading = Meetings by pair
heat-shown = The pictures show the first { $shown } of { $count } pairs, by the names of the mentees; the spreadsheet has all of them.
heat-all = The pictures and the spreadsheet `meetings.csv` show each of the { $count ->
    [one] pair
   *[other] { $count } pairs
}, by the names of the mentees.
heat-alt = { $part }. A row for each pair, a column for each month, a word in each cell. { $lines }
heat-file-alt = The same as a table for a spreadsheet
heat-cell-met = { $count ->
    [one] met
   *[other] met { $count }×
}
heat-cell-planned = planned
heat-cell-not-yet = not yet
heat-cell-needs-help = needs help
heat-cell-disagree = differ
heat-cell-silent = no word
heat-cell-ahead = to come
heat-cell-apart = –
heat-legend-met = met
heat-legend-planned = planned
heat-legend-not-yet = not yet
heat-legend-needs-help = asks for help
heat-legend-disagree = answers differ
heat-legend-silent = no word
heat-legend-ahead = to come
heat-legend-apart = no pair then
heat-partner = with { $name }
heat-table = Meetings
heat-column-number = Number in the pictures
heat-column-mentee = Mentee
heat-column-mentor = Mentor
heat-column-state = Pair
heat-column-standing = { $month } ({ $zone })
heat-column-meetings = { $month }: meetings at least
pair-is-published = introduction on its way
pair-is-introduced = going on
pair-is-ended = ended: { $reason ->
    [completed] completed
    [mentee_left] the mentee left
    [mentor_left] the mentor left
    [rematched] paired anew
   *[by_coordinator] ended by a coordinator
}

## Reminding by hand

remind-heading = { $count ->
    [0] Nobody can be reminded now
    [one] Remind one person?
   *[other] Remind { $count } people?
}
remind-changed = { $count ->
    [0] It has changed since you were asked: nobody is left to remind. Nothing was sent by your answer.
   *[other] It has changed since you were asked, so please look once more. Nothing has been sent by your answer.
}
remind-drafts = { $count ->
    [one] One person has begun an application and not sent it:
   *[other] { $count } people have begun an application and not sent it:
}
remind-forms = { $count ->
    [one] One person is in a pair and has not signed the acknowledgement form:
   *[other] { $count } people are in a pair and have not signed the acknowledgement form:
}
remind-line = { $person }
remind-at = They hear it directly from me, once each: { $from }.
remind-when = They hear it directly from me, once each. The first leaves on { $from }. Where it is too early or too late to write to people, it waits; the last leaves on { $until }.
remind-left-out-heading = Left out:
remind-left-out = { $count ->
    [one] one person
   *[other] { $count } people
}: { $why ->
    [withdrawn] withdrew an application
    [closed] began an application, but applications are closed, or will be before I may write to them
    [away] not in this community any more
    [paused] paused my messages
    [unreachable] no direct messages from me can reach them. What I have for them waits for their next visit, so a mail from you may help
    [just-at-it] worked on the application, or was introduced, in the last 12 hours
   *[reminded-today] reminded today already, or the reminder is on its way
}
remind-nobody = Look again tomorrow, or write to them yourself.
remind-looks = This is what they read, each in their own language and with their own number of open questions.
button-remind = { $count ->
    [one] Yes, remind one person
   *[other] Yes, remind { $count } people
}
remind-done = { $count ->
    [one] The reminder is on its way. If the person has done it before it leaves, they hear nothing.
   *[other] { $count } reminders are on their way. Whoever has done it before theirs leaves hears nothing.
} If one cannot be delivered, the coordinators' channel says so, with a button to try again.
audit-application-remind = people reminded of an unsent application or an unsigned form

## Re-matching
button-rematch = Look for a new match
button-rematch-yes = Yes, end it and tell both
rematch-heading = Look for a new match?
rematch-question = The pair of { $mentor } (mentor) and { $mentee } (mentee) ends, and { $mentee } goes back into the matching.
rematch-ask-who = Who goes back into the matching?
rematch-choose = Choose who
rematch-who = { $back ->
    [mentee] The mentee only
   *[both] Both of them
}
rematch-back = { $back ->
    [mentee] Only { $mentee } goes back. { $mentor } is given nobody else for this place, unless you ask with `/mentorship-admin match one-more` and they say yes.
   *[both] Both go back: { $mentor } can be given another mentee.
} Where there are too few mentors, { $mentee } comes before mentees who have not been in a pair.
rematch-in-place = In their channel both read this, from { $at }:
rematch-direct = In private { $person } reads this, from { $at }:
rematch-then = Then their channel closes; what they wrote is kept. The two are kept apart, until you take that back with `/mentorship-admin match release`. No new pair is made before you propose and publish one.
rematch-to-mentee = Your pairing with { $mentor } has ended, and the coordinators are looking for a new mentor for you. Where there are too few mentors, you come before those who have not been in a pair. There is nothing you need to do: you will hear from us here when you have a new mentor. If you have a question, write to { $contact }.
rematch-to-mentor = Your pairing with { $mentee } has ended. Thank you for the time you gave. { $back ->
    [mentee] You will not be given another mentee in this place unless you want one.
   *[both] The coordinators are looking for another mentee for you, and you will hear from us here when there is one.
} There is nothing you need to do. If you have a question, write to { $contact }.
rematch-done = The pair of { $mentor } and { $mentee } is ended, and both will be told. To find a new mentor for { $mentee }, propose pairs now.
audit-pair-rematch = pair ended for a new match
refusal-rematch-after-run = The program ended on { $at }, so there is no time for a new match. To end this pair without one, use `/mentorship-admin pairs end`.

## Going on after the program
button-extension = Let them go on longer
button-extension-yes = Yes, let them go on
button-extension-back = Yes, take it back
pair-view-goes-on = May go on until { $at }, after the program
extension-heading = Until when may this pair go on?
extension-ask = { $mentor } and { $mentee } end with the program on { $at }. You can let them go on for up to a year after it.
extension-agreed = For now they may go on until { $at }.
extension-choose = Choose the last day
extension-through = Through { $day }
extension-take-back = No longer than the program
extension-no-day = There is no day left to choose: a pair may go on for a year after the program at most.
extension-other-day = For another day, write it in the command: `/mentorship-admin pairs extend` with the person and the day.
extension-question = { $mentor } and { $mentee } may go on until { $at }. The program itself ends on { $end }.
extension-goes-on = What goes on for the two: the monthly check-ins, their meetings with reminders, and their channel.
extension-waits = What comes later for them: the farewell, the certificate, and the closing survey, which is open to them as long as to the others. Whoever has not answered the survey is reminded of it once, as everybody is.
extension-stays = What stays: all dates of the program, every other pair, and the months that reports show.
extension-back-question = { $mentor } and { $mentee } no longer go on after the program. Their pair ends on { $at }.
extension-read = Both read this in their channel, from { $at }:
pair-goes-on = Good news: you two can go on until { $at }. Until then you can set meetings and are asked once a month whether you met, and this channel stays open. Your farewell and the closing survey come after that. There is nothing you need to do.
pair-until-the-end = Your pairing ends with the program, on { $at }: the longer time has been taken back. Until then nothing changes for you. If you have a question, write to { $contact }.
pair-over-now = The longer time for your pairing ends today. The farewell and the closing survey follow. If you have a question, write to { $contact }.
extension-done = Done: the pair of { $mentor } and { $mentee } ends on { $at }, and both will be told. You can change this at any time with `/mentorship-admin pairs extend`.
extension-known = The pair of { $mentor } and { $mentee } ends on { $at } already, so nothing has changed.
audit-pair-extend = pair may go on after the program
audit-pair-extend-back = longer time of a pair taken back
refusal-pair-goes-on = At least one pair of the season that is over goes on until { $at }, and is looked after in that season. Set up the next one after that. Or look at the pairs with `/mentorship-admin pairs list`, and take the longer time back with `/mentorship-admin pairs extend`.
refusal-extension-too-early = That day is over, or is not after the program, which ends on { $at }. Nothing has changed. Please choose a later day with `/mentorship-admin pairs extend`.
refusal-extension-too-late = A pair may go on for a year after the program at most, until { $at }. Nothing has changed. Please choose an earlier day with `/mentorship-admin pairs extend`.

## Which pair
pair-label = { $mentor } (mentor) and { $mentee } (mentee)
pair-label-over = { $mentor } (mentor) and { $mentee } (mentee), ended
pairs-which = Which pair do you mean?
pairs-which-choose = Choose a pair
pairs-which-some = These are the first { $shown } of { $count } pairs. To find another, write part of a name behind the command.
refusal-no-pair-found = I found no such pair among those of this season. See all with `/mentorship-admin pairs list`, or use the command without a name and choose.

## Direct messages

direct-unread-heading = What I wanted to tell you
direct-unread-intro = I could not write to you directly. Here is what I wanted to tell you. To get such words at once from now on, allow direct messages from me in your settings.
direct-unread-at = From { $at }
direct-unread-file = A file came with this that I cannot show here: { $name }. Please ask a coordinator for it.
direct-unread-more = { $count ->
    [one] One more message waits for you.
   *[other] { $count } more messages wait for you.
}
direct-unread-home = { $count ->
    [one] One message waits for you that I could not send you directly.
   *[other] { $count } messages wait for you that I could not send you directly.
} Please read on here.
direct-waits = { $person }, I have something to tell you and cannot write to you directly. Type { $command } to read it; only you will see it.
notice-unreachable = I cannot write to { $person } directly. What I have to say to them waits until they type { $command }. { $told ->
    [yes] I have told them so in their channel, without saying what it is about. Please ask them to allow direct messages from me.
   *[no] They have no channel with a partner where I could tell them so: please tell them another way.
}
button-read-on = Read what waits
button-to-home = Show where I stand

## Help
help-heading = What you can type
help-theme-take-part = **To take part**
help-theme-pair = **With your partner**
help-theme-after = **When the program is over**
help-theme-yourself = **For yourself**
help-line = { $command }: { $about }
help-no-need = You rarely need to type these: the menu has buttons for what you do most.
unclear = I did not understand “{ $typed }”. This is what you can type:
apology = Something went wrong on our side, and we are sorry. What you had sent before is kept. Please try again in a minute; if it happens again, tell a coordinator this code: { $incident }
too-many = That was a lot at once, and I am still busy with what you sent before. Please wait a few seconds, then try this again.
try-once-more = I was just being restarted, so this was not done yet. Please try the same thing once more in a few seconds.
form-expired = This button is no longer in use. Open your menu with `/mentorship home`.

## Refusals
refusal-season-missing = No season of the mentorship program is set up here yet. Please ask a coordinator.
refusal-season-exists = This season exists already. See it with `/mentorship-admin season show`.
refusal-season-closed = This season closed on { $at }, and nothing in it can change any more. If you have a question, ask a coordinator.
refusal-applications-not-open = Applications are not open yet. They open on { $at }.
refusal-applications-closed = Applications closed on { $at }. What you answered is kept, but it can no longer be sent. If you think this is a mistake, ask a coordinator.
refusal-applications-still-open = Pairs can be made once applications are closed. They stay open until { $at }; wait until then, or close them now with `/mentorship-admin season close-applications`.
refusal-no-application = You have no application this season. You can begin one with `/mentorship apply` while applications are open.
refusal-named-has-no-application = This person has not applied this season. They can begin with `/mentorship apply` while applications are open.
refusal-already-applied = You have applied already, in the other role. If you want to change roles, first withdraw that application with `/mentorship withdraw`.
refusal-answers-missing = Some required questions are still open: { $questions }. Your answers so far are kept. Answer these, then send your application again.
refusal-unknown-question = This question is no longer asked. Open your application again with `/mentorship apply`.
refusal-answer = { $question }: { $fault }
refusal-application-step = This is not possible now, because the application is { $state ->
    [draft] not sent yet
    [submitted] received
    [not_on_roster] waiting for the roster check
    [accepted] accepted
    [wait_listed] on the waiting list
    [declined] declined
   *[withdrawn] withdrawn
}.
refusal-not-on-roster = This person is not on the roster of current participants. Accept them by name if they belong to the program.
refusal-roster-inactive = The roster says that this person no longer takes part. If that is wrong, please correct the roster first.
refusal-reason-missing = Please write a reason; the applicant will read it.
refusal-not-participant = Only people who have been accepted this season can do that. See where you stand with `/mentorship status`.
refusal-season-on = This season is still on until { $at }. The next one can be set up after that, so that nothing of this one is cut short.
refusal-undo-over = This can no longer be undone with the button: more than ten minutes have passed, the date was moved again, or something has followed from it. You can move the date back with `/mentorship-admin season move`; everybody concerned is told.
refusal-not-coordinator = Only coordinators can do that. If you should be one, ask a coordinator to add you.
refusal-groups-unknown = I cannot see at the moment which groups you are in, so I cannot tell whether you are a coordinator. Please try once more in a minute, and in a channel rather than in a direct message.
refusal-nobody-named = Please name a person or a group. A group that everybody is in cannot coordinate the program.
refusal-not-owner = Only the owner of this server or workspace can do that. Please ask them.
refusal-not-your-button = This button is for somebody else. You find yours with `/mentorship home`.
refusal-roster-file-gone = This question about a roster file is closed: it was answered, or more than an hour has passed. Import the file again with `/mentorship-admin roster import`.
refusal-roster-under-way = A long list of participants is being imported at this moment. Wait until the coordinators' channel says that it is done, then try again.
refusal-roster-changed-since = This import cannot be taken back any more, because the roster has changed since, some days have passed, or it was taken back already. Import a file that says what you want instead.
refusal-expired = This button is too old. Open your menu with `/mentorship home`.
refusal-unknown-person = I do not know this person yet. Ask them to type `/mentorship home` once, then try again.
refusal-nothing-to-propose = There is nobody to match yet: at least one mentee and one mentor must be accepted.
refusal-nothing-to-publish = There is no proposal to publish. Propose pairs first with `/mentorship-admin match propose`.
refusal-already-published = These pairs are published already. See them with `/mentorship-admin pairs list`.
refusal-pin-impossible = These two cannot be pinned: { $rule ->
    [oneself] it is the same person
    [own-supervisor] one is the other's supervisor
    [forbidden] the pair is forbidden
   *[same-library-system] they work in the same library system
}.
refusal-over-capacity = This mentor offered to take { $capacity ->
    [one] one mentee
   *[other] { $capacity } mentees
}. Please give them no more than that.
refusal-pinned-twice = This mentee is pinned to two mentors. Please keep only one of them.
refusal-not-waiting-for-match = { $role ->
    [mentee] This is not an accepted mentee of this season. See who has applied with `/mentorship-admin applications queue`.
   *[mentor] This is not an accepted mentor of this season. See who has applied with `/mentorship-admin applications queue`.
}
refusal-not-in-proposal = The latest proposal does not hold everybody you named, or leaves them without a mentor. See it with `/mentorship-admin match show`.
refusal-nothing-ruled = Nothing was decided about this pair, so there is nothing to take back. See all decisions with `/mentorship-admin match show`.
refusal-no-pair = You are not in a pair this season. See where you stand with `/mentorship status`.
refusal-pair-ended = This pair has ended. See where you stand with `/mentorship status`.
refusal-pair-not-introduced = This pair has not been introduced yet. The introduction comes in a private channel of its own.
refusal-meeting-past = That moment is over. Please choose a time that is still to come. To note a meeting that took place, type `/mentorship meeting log`.
refusal-meeting-after-run = The program ends on { $at }, and your channel closes then. Please choose a time before it. What you arrange for afterwards is yours to keep between you.
refusal-meeting-to-come = That moment is still to come. To set a meeting for it, type `/mentorship meeting set`.
refusal-meeting-before-pair = You two were introduced on { $at }. Please choose a time since then.
refusal-meeting-settled = This meeting has changed since, so nothing was done. See how it stands with `/mentorship meeting list`.
refusal-meetings-too-many = You two have many meetings ahead of you already. Please cancel one first; you find them with `/mentorship meeting list`.
refusal-question-missing = There were no words in your question, so nothing was sent. Please write it with `/mentorship ask`.
refusal-pair-still-live = This pair has not ended yet.
refusal-in-pair = This person is in a pair, so this is not possible now. If they want to leave, ask them to type `/mentorship withdraw`.
refusal-not-a-name = Please type your name with letters, as you would sign a letter.
refusal-already-signed = You have signed already. There is nothing more to do.
refusal-agreement-changed = The form has changed since you opened it. Please read the new text with `/mentorship agreement` and sign that.
refusal-survey-not-open = The closing survey opens when the program has ended: { $at }. You will get a message then.
refusal-survey-closed = The closing survey closed on { $at }. What you had sent by then is with the coordinators. If there is something you still want to say, please write to a coordinator.
refusal-survey-late = The closing survey closed on { $at }, so this could not be sent. What you just wrote is kept as a draft that only you can get, with `/mentorship my-data export`. If you want the coordinators to know it, please write to one of them.
refusal-certificate-not-yet = Your certificate comes when the program has ended: { $at }. You will get it in a direct message.
refusal-no-certificate = Certificates are for pairs that took part until the program ended. If you need a letter about the time you gave, please write to a coordinator, who will gladly help.
refusal-no-survey = There is no closing survey this season. If there is something you want to say, please write to a coordinator.
refusal-last-coordinator = You are the only coordinator. Please appoint somebody else first with `/mentorship-admin coordinators add`, so that the program is not left alone. Then you can delete everything about you.
refusal-not-a-date = I could not read this date. Please write it as `2025-02-17` or `2025-02-17 23:59` (time zone { $zone }).
refusal-announcement-empty = There were no words to send, so nothing has been sent. Please open the form again and write what you want to say.
refusal-pair-note-empty = There were no words to send, so nothing has been sent. Please open the form again and write what you want to say to the pair.
refusal-nobody-to-tell = Nobody would read this yet. Mentees and mentors belong here once they are accepted, pairs once they are introduced.
refusal-nobody-to-remind = Nobody has begun an application without sending it, and no acknowledgement form is missing. There is nobody to remind now.
refusal-announcement-settled = This announcement was sent, or left, before. Nothing was sent again. To say something new, use `/mentorship-admin announce`.
refusal-not-a-cron-line = I could not read these dates, and nothing has changed. A cron line has minute, hour, day of the month, month and weekday, such as `0 10 20 * *` for the 20th at 10:00. Or use `/mentorship-admin nudges schedule` alone, and choose.
refusal-cron-too-often = With this line the question would come more than once a day. Nothing has changed. Please choose one time of the day, such as `0 10 20 * *` for the 20th at 10:00.
refusal-cron-never = With this line the question would never come while the program runs. Nothing has changed. Please choose other dates with `/mentorship-admin nudges schedule`.
refusal-nudges-paused = The monthly question is paused, so nobody is asked. Let it go on first with `/mentorship-admin nudges resume`.
refusal-confirmation-old = This question is too old, and what it said may not be so any more. Nothing was done. Please use the command again.
refusal-named-has-no-pair = This person is in no pair this season. See all pairs with `/mentorship-admin pairs list`.
refusal-named-pair-ended = This pair has ended already, and nothing was done again. See all pairs with `/mentorship-admin pairs list`.
refusal-concern-taken = Another coordinator looks after this already. You see who with `/mentorship-admin concerns list`, and can have it handed to you there.
refusal-concern-resolved = This is resolved already. There is nothing left to do.
refusal-resolution-missing = There were no words in your note, so nothing is resolved yet. Please write in a sentence what came of it.
refusal-date-order = That would put the dates out of order: “{ $name ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}” must not come before “{ $earlier ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}”. Please choose another date.
answer-too-long = This has { $length } characters; at most { $max } fit. Please shorten it a little.
answer-unknown-option = Please choose one of the options.
answer-too-few = { $min ->
    [one] Please choose at least one.
   *[other] Please choose at least { $min }.
}
answer-too-many = { $max ->
    [one] Please choose only one.
   *[other] Please choose at most { $max }.
}
answer-not-a-number = Please write a whole number from { $min } to { $max }.
answer-not-yes-or-no = Please answer yes or no.

## Commands
command-mentorship = The mentorship program: apply, see where you stand, check in
command-mentorship-home = Where you stand, what is next, your buttons
command-mentorship-about = What the program is and when it happens
command-mentorship-apply = Apply, or continue or change your application
command-mentorship-apply-role = As a mentee or as a mentor
command-mentorship-apply-role-mentee = Mentee: I study for a library degree
command-mentorship-apply-role-mentor = Mentor: I manage in a library
command-mentorship-status = Where your application stands
command-mentorship-agreement = Read and sign the acknowledgement form
command-mentorship-check-in = Say whether you two met this month
command-mentorship-settings = Language, time zone, hours, and where I ask you
command-mentorship-snooze = Pause my questions for a while
command-mentorship-snooze-until = Until which day, such as April 14 or next Monday
command-mentorship-meeting = Your meetings: set, note, look
command-mentorship-meeting-set = Set your next meeting
command-mentorship-meeting-set-when = Date and time: next tue 2pm, 3/14 14:00. Leave it away for a form
command-mentorship-meeting-log = Note a meeting that took place
command-mentorship-meeting-log-when = Date and time: yesterday 2pm. Leave it away for a form
command-mentorship-meeting-list = Your meetings, and whose turn it is
command-mentorship-how-often = How often you two mean to meet
command-mentorship-ask = Ask the coordinators something
command-mentorship-ask-question = Your question; only the coordinators read it
command-mentorship-withdraw = Withdraw your application, or leave your pair
command-mentorship-survey = Answer the closing survey, or change your answers
command-mentorship-certificate = Get your certificate
command-mentorship-my-data = What is held about you
command-mentorship-my-data-export = Have a copy of everything held about you
command-mentorship-my-data-delete = Have everything about you removed
command-mentorship-help = What you can type
command-mentorship-admin = For coordinators: season, applications, matching, pairs
command-mentorship-admin-season = The season and its dates
command-mentorship-admin-season-show = Phase, dates and figures
command-mentorship-admin-season-move = Move a date; everyone affected is told
command-mentorship-admin-season-move-date = Which date
command-mentorship-admin-season-move-date-applications-open = Applications open
command-mentorship-admin-season-move-date-applications-close = Applications close
command-mentorship-admin-season-move-date-agreements-due = Acknowledgement forms due
command-mentorship-admin-season-move-date-runs-from = Program starts
command-mentorship-admin-season-move-date-runs-until = Program ends
command-mentorship-admin-season-move-date-wrap-up-until = Season closes
command-mentorship-admin-season-move-to = The new date: 2025-02-17 or 2025-02-17 23:59
command-mentorship-admin-season-create = Set up the next season, once this one is closed
command-mentorship-admin-season-close-applications = Close applications now
command-mentorship-admin-roster = Roster
command-mentorship-admin-roster-import = Import the list of participants from a file
command-mentorship-admin-roster-import-file = The list as a CSV file
command-mentorship-admin-roster-list = Look through the roster
command-mentorship-admin-roster-list-search = Part of a name, a library or an e-mail address
command-mentorship-admin-roster-show = One person's line, with what is known of them
command-mentorship-admin-roster-show-person = Which person
command-mentorship-admin-roster-link = Say which line of the roster is a person's
command-mentorship-admin-roster-link-person = Which person
command-mentorship-admin-roster-link-search = Part of the name, library or address on the line
command-mentorship-admin-roster-unlink = Part a person from their line of the roster
command-mentorship-admin-roster-unlink-person = Which person
command-mentorship-admin-applications = Applications
command-mentorship-admin-applications-queue = Who waits for a decision
command-mentorship-admin-applications-show = Read one application and decide on it
command-mentorship-admin-applications-show-person = Which person
command-mentorship-admin-applications-accept-all = Accept everybody who is eligible
command-mentorship-admin-applications-accept = Accept one person, even if they are not on the roster
command-mentorship-admin-applications-accept-person = Which person
command-mentorship-admin-applications-wait-list = Put one person on the waiting list
command-mentorship-admin-applications-wait-list-person = Which person
command-mentorship-admin-applications-decline = Decline one person, with the reason
command-mentorship-admin-applications-decline-person = Which person
command-mentorship-admin-applications-decline-reason = The reason; the person will read it
command-mentorship-admin-applications-remind = Remind people who have not sent their application or not signed; shows first who
command-mentorship-admin-match = Matching
command-mentorship-admin-match-propose = Propose pairs; nobody is told yet
command-mentorship-admin-match-show = Look at the latest proposal
command-mentorship-admin-match-why = What the proposal says about one person, and why
command-mentorship-admin-match-why-person = Which person
command-mentorship-admin-match-pin = Make a pair, whatever else is proposed; shows first what it costs
command-mentorship-admin-match-pin-mentee = The mentee
command-mentorship-admin-match-pin-mentor = The mentor
command-mentorship-admin-match-forbid = Keep two people apart; shows first what it costs
command-mentorship-admin-match-forbid-mentee = The mentee
command-mentorship-admin-match-forbid-mentor = The mentor
command-mentorship-admin-match-swap = Let two mentees swap mentors; shows first what it costs
command-mentorship-admin-match-swap-one = One mentee
command-mentorship-admin-match-swap-other = The other mentee
command-mentorship-admin-match-release = Take back a pin, or what keeps two people apart
command-mentorship-admin-match-release-mentee = The mentee
command-mentorship-admin-match-release-mentor = The mentor
command-mentorship-admin-match-one-more = What one more place with a mentor would gain
command-mentorship-admin-match-one-more-mentor = The mentor
command-mentorship-admin-match-publish = Publish the latest proposal and introduce the pairs
command-mentorship-admin-pairs = Pairs
command-mentorship-admin-pairs-list = Every pair and how it stands this month
command-mentorship-admin-pairs-show = One person's pairs, with what you can do
command-mentorship-admin-pairs-show-person = The mentor or the mentee
command-mentorship-admin-pairs-show-pair = Or the pair, by part of a name
command-mentorship-admin-pairs-log = Note a meeting for a pair
command-mentorship-admin-pairs-log-person = The mentor or the mentee
command-mentorship-admin-pairs-log-pair = Or the pair, by part of a name
command-mentorship-admin-pairs-log-when = Date and time: yesterday 2pm. Leave it away for a form
command-mentorship-admin-pairs-extend = Let a pair go on after the program; shows first what changes
command-mentorship-admin-pairs-extend-person = The mentor or the mentee
command-mentorship-admin-pairs-extend-pair = Or the pair, by part of a name
command-mentorship-admin-pairs-extend-until = The last day: 2025-09-30. Leave it away to choose from a list
command-mentorship-admin-pairs-rematch = End a pair and look for a new match; shows first who is told what
command-mentorship-admin-pairs-rematch-person = The mentor or the mentee
command-mentorship-admin-pairs-rematch-pair = Or the pair, by part of a name
command-mentorship-admin-pairs-end = End a pair; shows first who is told what
command-mentorship-admin-pairs-end-person = The mentor or the mentee
command-mentorship-admin-pairs-end-pair = Or the pair, by part of a name
command-mentorship-admin-nudges = The monthly question
command-mentorship-admin-nudges-preview = Who would be asked now
command-mentorship-admin-announce = Say something to many; shows first who reads what
command-mentorship-admin-announce-to = Who reads it
command-mentorship-admin-announce-to-mentees = Mentees
command-mentorship-admin-announce-to-mentors = Mentors
command-mentorship-admin-announce-to-pairs = Pairs, in their channels
command-mentorship-admin-announce-to-everyone = Mentees and mentors
command-mentorship-admin-nudges-send-now = Ask the month's question now; shows first who is asked
command-mentorship-admin-nudges-pause = Pause the monthly question for everybody
command-mentorship-admin-nudges-resume = Let the monthly question go on; shows first who is asked
command-mentorship-admin-nudges-schedule = When the monthly question is asked, and other dates
command-mentorship-admin-nudges-schedule-cron = A cron line: 0 10 20 * *. Without it, you choose from a list
command-mentorship-admin-concerns = What needs a coordinator
command-mentorship-admin-concerns-list = What waits to be looked at, and who looks after it
command-mentorship-admin-report = Reports
command-mentorship-admin-report-overview = The season at a glance: a picture and its numbers
command-mentorship-admin-report-meetings = Every pair month by month: pictures and a spreadsheet
command-mentorship-admin-report-stuck = Pairs that have not met or not been heard of, and a way to write to them
command-mentorship-admin-report-participation = How many signed, answered and gave the survey, without names
command-mentorship-admin-report-grant = The figures on paper for a grant report, without names
command-mentorship-admin-report-export = The season as files for a spreadsheet, or for a grant report
command-mentorship-admin-report-export-format = Which kind of file
command-mentorship-admin-report-export-format-xlsx = One Excel workbook
command-mentorship-admin-report-export-format-csv = CSV files
command-mentorship-admin-coordinators = Coordinators
command-mentorship-admin-coordinators-list = Who the coordinators are
command-mentorship-admin-coordinators-add = Make somebody, or everybody in a group, a coordinator
command-mentorship-admin-coordinators-add-person = Which person
command-mentorship-admin-coordinators-add-group = Which group, such as everybody with one role
command-mentorship-admin-coordinators-remove = Remove a coordinator, or a group of them
command-mentorship-admin-coordinators-remove-person = Which person
command-mentorship-admin-coordinators-remove-group = Which group, such as everybody with one role
command-mentorship-admin-audit = Who did what
command-mentorship-admin-audit-show = Who did what, and when
command-mentorship-admin-audit-show-person = Only what one person did, or was done about them
command-mentorship-admin-audit-show-action = Only one kind of thing
command-mentorship-admin-audit-show-action-season = The season and its dates
command-mentorship-admin-audit-show-action-roster = The roster
command-mentorship-admin-audit-show-action-applications = Applications and acknowledgement forms
command-mentorship-admin-audit-show-action-matching = Matching
command-mentorship-admin-audit-show-action-pairs = Pairs
command-mentorship-admin-audit-show-action-nudges = The monthly question
command-mentorship-admin-audit-show-action-announcements = Announcements and undelivered messages
command-mentorship-admin-audit-show-action-concerns = Concerns
command-mentorship-admin-audit-show-action-coordinators = Coordinators
command-mentorship-admin-audit-show-action-reports = Exports and personal data
command-mentorship-admin-audit-show-since = Only from a day on: yesterday, March 1 or 2025-03-01
command-mentorship-admin-audit-export = The whole audit log as a file for a spreadsheet
command-mentorship-admin-help = What a coordinator can type

## A pair's place is gone
place-lost = The private channel of { $mentor } (mentor) and { $mentee } (mentee) is gone: somebody has deleted or closed it, or taken me out of it. They are still a pair, and their dates and meetings are kept.
place-lost-next = Ask them what happened, if you do not know. Press the button, and I open a new channel for the two. Until then I keep what I have to say to them together.
place-lost-note = A new channel was opened for the pair.
button-reopen-pair = Open a new channel for them
pair-place-reopened = I am opening a new channel for { $mentor } and { $mentee }. They find there what I had to keep for them.
pair-place-is-there = { $mentor } and { $mentee } have a channel, or it is just being opened. There is nothing left to do.
place-new-heading = Your new channel
place-new = { $mentor } and { $mentee }, this is your new private channel. The old one is gone, and I cannot bring back what you wrote there. Everything else goes on as before: you are a pair, and the meetings you have set are kept.
pair-view-place-lost = Their channel is gone. What I have to say to them together waits
