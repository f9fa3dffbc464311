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
button-write = Write my answers
button-back = Back
button-next = Next
button-status = Where do I stand?
button-withdraw = Withdraw
button-keep = Keep my application
button-agreement = Read and sign the form
button-sign = Sign
button-check-in = Did we meet this month?
button-open-form = Open the form
button-mend = Mend my answers
button-office = Coordinator's desk
button-queue = Who is waiting
button-accept-all = Accept everybody eligible
button-accept-all-yes = Yes, accept them
button-close-yes = Yes, close applications
button-move-yes = Yes, move it and tell everybody
button-propose = Propose pairs
button-propose-again = Propose again
button-publish = Publish the pairs
button-publish-yes = Yes, publish and introduce
button-pairs = See the pairs
button-not-now = Not now

## Home and status
home-heading = { $program }
home-next = { $phase ->
    [draft] Applications open on { $at }.
    [applications_open] You can apply, or change your application, until { $at }.
    [review] Applications are closed. The coordinators are reading them and matching people; the program starts on { $at }.
    [agreements_due] Pairs are getting ready. The program starts on { $at }.
    [running] The program is running until { $at }.
    [wrap_up] The program is over. You can still reach the coordinators here until { $at }.
   *[closed] This season ended on { $at }. Thank you for being part of it.
}
home-coordinator = You are a coordinator of this program.
status-heading = Where you stand
status-not-applied = You have not applied yet.
status-draft = Your application as a { $role } is **not sent yet**. { $missing ->
    [0] Every required question is answered; you only need to send it
    [one] One required question is still open
   *[other] { $missing } required questions are still open
}. Please send it by { $close }.
status-submitted = Your application as a { $role } is **received**. A coordinator will read it, and you will get a message here when it is decided.
status-not-on-roster = Your application is **received**. We could not find you on the list of current PLSEP participants yet, so a coordinator is checking it. You do not need to do anything.
status-accepted = Your application as a { $role } is **accepted**. When the pairs are ready you will get a message here.
status-wait-listed = Your application as a { $role } is on the **waiting list**. If a place opens you will get a message here.
status-declined = Your application was **declined**. The coordinator's reason: { $reason }
status-withdrawn = Your application as a { $role } is **withdrawn**.
status-paired = You are **matched** as a { $role }, and your acknowledgement form is signed. You are matched with
status-paired-unsigned = You are **matched** as a { $role }. Please sign the acknowledgement form by { $at }. You are matched with

## About
about-mentee-benefits = **What a mentee gains**
about-mentor-benefits = **What a mentor gains**
about-expected = **What is expected**
about-how-to-apply = **How to apply.** Press a button. You can stop at any time; what you have answered is kept.
timeline-open = **Applications open:** { $at }
timeline-close = **Applications close:** { $at }
timeline-agreements = **Acknowledgement forms due:** { $at }
timeline-runs = **The program runs:** { $from } to { $until }

## Application
application-title = { $role ->
    [mentee] Apply as a mentee
   *[mentor] Apply as a mentor
}
application-intro = Beside each question you can see who will read the answer. You can change your answers until { $at }.
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
answer-yes = Yes
answer-no = No
answer-missing = Please answer this question.
shared-match = Shared with your match.
shared-coordinators = Only coordinators see this.
received-heading = Received, thank you
received = Your application as a { $role } is safe with us. You can change it until { $close }.
received-next = A coordinator reads every application. You will get a message here when yours is decided.
received-not-on-roster = We could not find you on the list of current PLSEP participants, so a coordinator will check. You do not need to do anything; if you think something is wrong, write to { $contact }.
accepted-heading = You are accepted
accepted = Welcome to the program. You take part as a { $role }. The coordinators are now matching people; the program starts on { $at }. You will hear from us here.
declined = We could not accept your application this time. The coordinator writes:
declined-contact = If you have a question, write to { $contact }.
withdraw-question = Withdraw your application? You can apply again as long as applications are open.
withdraw-question-paired = Leave your pair and the program? Your partner will be told kindly that the pairing has ended, and the coordinators will look for somebody else for them.
withdrawn = Your application is withdrawn. Thank you for telling us. If you change your mind, you can apply again until { $close }.
correction = { $label }: { $fault }
corrections = Almost there. Nothing is lost; please mend this:
form-ready = Sorry for the wait. Your form is ready: { $title }
date-moved = A date of the mentorship program has moved. { $date ->
    [applications_open] Applications open
    [applications_close] Applications close
    [agreements_due] Acknowledgement forms are due
    [runs_from] The program starts
    [runs_until] The program ends
   *[wrap_up_until] The season closes
}: { $at }. You do not need to do anything else.
unmatched-heading = No match this time
unmatched-no-eligible-mentor = No mentor of this season could be matched with you under the program's rules, for example because they work in your own library system.
unmatched-contested = More mentees applied than mentors could take, and every place went to somebody else.
unmatched-no-eligible-mentee = No mentee of this season could be matched with you under the program's rules, for example because they work in your own library system.
unmatched-no-mentee-left = Every mentee found a mentor, and you were not needed this time. Thank you for offering.
unmatched-no-place = You offered no place for a mentee this season.
unmatched-next = The coordinators know, and will write to you if a place opens. If you have a question, write to { $contact }.

## Acknowledgement form
agreement-title = Acknowledgement form
agreement-how = Please sign by { $at }. Press the button and type your full name.
agreement-form-intro = By typing your name you sign the acknowledgement form you have just read.
agreement-name-label = Your full name
agreement-name-hint = As you would sign a letter.
agreement-signed = Signed by { $name } on { $at } (text version { $version }).
agreement-late = Signed after the due date. It counts all the same.
agreement-copy-note = This copy is yours to keep.
agreement-thanks = Thank you, { $name }. Your form is signed, and a copy is on its way to you in a direct message.
agreement-already = You signed the form on { $at }. There is nothing more to do.

## Pair
room-topic = { $program }: a private place for one mentor and one mentee
intro-heading = Meet each other
intro-welcome = Welcome { $mentor } and { $mentee }. You are mentor and mentee.
intro-private = Only the two of you and this bot are here. The coordinators do not read your conversation.
intro-side = { $name }, your { $role }
intro-why = **Why you two**
intro-first = **For your first meeting**
intro-agenda-1 = Say hello: your path to libraries, and what you enjoy about the work.
intro-agenda-2 = Talk about the mentee's goals, and what the mentor can offer.
intro-agenda-3 = Agree how and how often you will meet. Once a month is a good start.
intro-agenda-4 = Set the date and time of your next meeting before you say goodbye.
intro-expected = The program runs from { $from } to { $until }. You decide together when and how you meet; once a month is encouraged. I will ask you once a month how it goes.
intro-sign = One thing first: please both sign the acknowledgement form by { $at }.
reason-pinned = a coordinator thought of you two
reason-specialisations = you share an interest: { $what }
reason-times = { $hours ->
    [one] you are usually free at the same time about one hour a week
   *[other] you are usually free at the same time about { $hours } hours a week
}
reason-formats = you like to meet the same way: { $what }
reason-languages = you both speak { $what }
reason-position = the mentor's position is a step further along
reason-years = { $years ->
    [one] the mentor has one more year in libraries
   *[other] the mentor has { $years } more years in libraries
}
nudge-heading = Your check-in for { $month }
nudge = Have you two met in { $month }? Each of you answers with one tap.
nudge-again = Have you two been able to meet in { $month } by now? Each of you answers with one tap.
nudge-prompt = Something to talk about this month:
nudge-private = Each answer goes to the coordinators only; if you both say you met, I will not ask again this month.
check-in = Have you and { $partner } met in { $month }?
check-in-met = We met
check-in-planned = It is planned
check-in-not-yet = Not yet
check-in-need-help = We need help
thanks-met = Lovely. Your meeting in { $month } is noted. See you next month.
thanks-planned = Good. It is noted that your meeting in { $month } is planned.
thanks-not-yet = Thank you for being honest. There is still time in { $month }; I will ask again in a few days.
thanks-need-help = Thank you for saying so. A coordinator will write to you about { $month }.
farewell-heading = Thank you both
farewell = { $months ->
    [0] The { $program } has come to its end.
    [one] The { $program } has come to its end. You told us of meetings in one month.
   *[other] The { $program } has come to its end. You told us of meetings in { $months } months.
} Thank you for the time you gave each other.
farewell-next = This channel will now be closed. You can still read it. If you have a question, write to { $contact }.
pair-ended-early = This pairing has ended. Thank you for the time you gave each other. A coordinator will be in touch; you can also write to { $contact }.

## Coordinators
office-heading = Coordinators' desk
office-welcome = This is the coordinators' place. Here you hear of applicants who are not on the roster, pairs that need help, and messages that could not be delivered.
office-topic = Coordinators of the mentorship program
season-heading = { $program }: the season
season-phase = { $phase ->
    [draft] Applications are **not open yet**.
    [applications_open] Applications are **open**.
    [review] Applications are **closed**. Decide on those that wait, propose pairs, publish them.
    [agreements_due] **Agreements are due** soon.
    [running] The program is **running**.
    [wrap_up] The run is over: **wrap-up**.
   *[closed] The season is **closed**.
}
figure-drafts = { $count ->
    [one] One application begun and not sent
   *[other] { $count } applications begun and not sent
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
queue-line = { $person }, { $role }, { $system } { $state ->
    [not_on_roster] (**not on the roster**)
   *[other] { "" }
}
queue-next = Accept one person with `/mentorship-admin applications accept`, decline with `/mentorship-admin applications decline`, or accept everybody eligible at once.
accept-all-question = Accept { $count ->
    [one] one eligible applicant
   *[other] all { $count } eligible applicants
}? Each gets a message. { $left ->
    [0] { "" }
    [one] One applicant is not on the roster and stays in the queue.
   *[other] { $left } applicants are not on the roster and stay in the queue.
}
accept-all-done = { $count ->
    [one] One applicant is accepted and will be told.
   *[other] { $count } applicants are accepted and will be told.
}
decided-accepted = { $person } is accepted and will be told.
decided-declined = { $person } is declined and will be told, with your reason.
notice-not-on-roster = { $person } applied as a mentee and is not on the roster. If they belong to the program, accept them with `/mentorship-admin applications accept`.
notice-concern = { $mentor } and { $mentee }, { $month }: { $standing ->
    [needs_help] one of them asks for help. Please write to them.
   *[disagree] one says they met, the other that they did not. Please ask them kindly.
}
notice-undelivered = A message could not be delivered ({ $key }): { $why ->
    [person-gone] the person is not here any more.
    [person-unreachable] the person takes no direct messages from the bot.
    [place-gone] the channel is not there any more.
    [not-allowed] the bot lacks a permission.
    [full] there is no room for another channel.
   *[refused] the platform did not accept it.
} Please tell the person another way.
notice-left = { $name } ({ $person }) has left. Their application and pair are unchanged; please decide what should happen.
close-question = Close applications now instead of on { $at }? { $drafts ->
    [0] Nobody has an unsent application.
    [one] One person has an unsent application and will no longer be able to send it.
   *[other] { $drafts } people have unsent applications and will no longer be able to send them.
}
close-done = Applications are closed.
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
proposal-heading = { $count ->
    [one] One pair is proposed
   *[other] { $count } pairs are proposed
}
proposal-line = { $mentee } with { $mentor } (fit { $score } of 100): { $why }
proposal-left-heading = { $count ->
    [one] One person is left without a match
   *[other] { $count } people are left without a match
}
proposal-left = { $person }: { $why }
office-unmatched-no-eligible-mentor = every mentor is ruled out for them
office-unmatched-contested = mentors would suit, but every place went to others so that as many as possible are matched
office-unmatched-no-eligible-mentee = every mentee is ruled out for them
office-unmatched-no-mentee-left = every mentee found a mentor elsewhere
office-unmatched-no-place = they offer no place
proposal-note = Nobody has been told. As many mentees as possible have a mentor; among all ways to do that, the fits together are best.
proposal-number = Proposal { $id }
publish-question = Publish { $pairs ->
    [one] one pair
   *[other] { $pairs } pairs
}? Each pair gets a private channel and an introduction. { $left ->
    [0] { "" }
    [one] One person without a match gets a message with the reason.
   *[other] { $left } people without a match get a message with the reason.
}
publish-done = { $pairs ->
    [one] One pair is published; the introduction is on its way.
   *[other] { $pairs } pairs are published; their introductions are on their way.
} { $left ->
    [0] { "" }
    [one] One person without a match is being told why.
   *[other] { $left } people without a match are being told why.
}
pairs-empty = There are no pairs yet. Propose them when applications are closed.
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
}, { $signed } of 2 forms signed
preview-heading = { $month }: { $count ->
    [0] no pair would be asked now
    [one] one pair would be asked now
   *[other] { $count } pairs would be asked now
}; { $leave ->
    [0] nobody would be left alone.
    [one] one pair has answered or needs no question.
   *[other] { $leave } pairs have answered or need no question.
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
coordinator-added = { $person } is now a coordinator and is let into the coordinators' place.
coordinator-already = { $person } is a coordinator already.
coordinator-removed = { $person } is no longer a coordinator.
coordinator-not = { $person } is not a coordinator.
coordinator-last = { $person } is the last coordinator. Add another one first.
list-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}

## Help
help-heading = What you can type
help-line = { $command }: { $about }
help-no-need = You never need to type these: the menu has a button for each.
unclear = I did not understand “{ $typed }”. This is what works:
apology = Something went wrong on our side, and we are sorry. What you had sent before is kept. Please try again in a minute; if it happens again, tell a coordinator this code: { $incident }
form-expired = This button is no longer in use. Open your menu with `/mentorship home`.

## Refusals
refusal-season-missing = No season of the mentorship program is set up here yet. Please ask a coordinator.
refusal-season-exists = This season exists already.
refusal-season-closed = This season closed on { $at }. Nothing in it can change any more.
refusal-applications-not-open = Applications are not open yet. They open on { $at }.
refusal-applications-closed = Applications closed on { $at }. What you answered is kept, but it can no longer be sent. If you think this is a mistake, ask a coordinator.
refusal-applications-still-open = Applications stay open until { $at }. Close them first, or wait until then.
refusal-no-application = You have no application this season. You can begin one with `/mentorship apply` while applications are open.
refusal-already-applied = You have applied already, in the other role. Withdraw that application first if you want to change roles.
refusal-answers-missing = Some required questions are still open: { $questions }. Your answers so far are kept.
refusal-unknown-question = This question is no longer asked. Open your application again with `/mentorship apply`.
refusal-answer = { $question }: { $fault }
refusal-application-step = This is not possible any more: the application is { $state ->
    [draft] not sent yet
    [submitted] received
    [not_on_roster] waiting for the roster check
    [accepted] accepted
    [wait_listed] on the waiting list
    [declined] declined
   *[withdrawn] withdrawn
}.
refusal-not-on-roster = This person is not on the roster of current participants. Accept them by name if they belong to the program.
refusal-roster-inactive = The roster says that this person no longer takes part.
refusal-reason-missing = Please write a reason; the applicant will read it.
refusal-not-participant = Only participants of this season can do that. You can apply with `/mentorship apply` while applications are open.
refusal-not-coordinator = Only coordinators can do that. If you should be one, ask a coordinator to add you.
refusal-not-owner = Only the owner of this community can do that.
refusal-not-your-button = This button is for somebody else. Your own are in `/mentorship home`.
refusal-expired = This button is too old. Open your menu with `/mentorship home`.
refusal-unknown-person = I do not know this person yet. They become known when they first use `/mentorship`.
refusal-nothing-to-propose = There is nobody to match yet: at least one mentee and one mentor must be accepted.
refusal-nothing-to-publish = There is no proposal to publish. Propose pairs first.
refusal-already-published = These pairs are published already.
refusal-pin-impossible = These two cannot be pinned: { $rule ->
    [oneself] it is the same person
    [own-supervisor] one is the other's supervisor
    [forbidden] the pair is forbidden
   *[same-library-system] they work in the same library system
}.
refusal-over-capacity = This mentor offered to take { $capacity ->
    [one] one mentee
   *[other] { $capacity } mentees
}.
refusal-pinned-twice = This mentee is pinned to two mentors. Keep one of the pins.
refusal-no-pair = You are not in a pair this season.
refusal-pair-ended = This pair has ended.
refusal-pair-not-introduced = This pair has not been introduced yet.
refusal-pair-still-live = This pair has not ended yet.
refusal-not-a-name = Please type your name with letters, as you would sign a letter.
refusal-already-signed = You have signed already.
refusal-agreement-changed = The form has changed since you opened it. Please read the new text with `/mentorship agreement` and sign that.
refusal-not-a-date = I could not read this date. Write it as `2025-02-17` or `2025-02-17 23:59` (time zone { $zone }).
refusal-date-order = That would put the dates out of order: { $name ->
    [applications_open] applications open
    [applications_close] applications close
    [agreements_due] agreements due
    [runs_from] start of the program
    [runs_until] end of the program
   *[wrap_up_until] close of the season
} must not come before { $earlier ->
    [applications_open] applications open
    [applications_close] applications close
    [agreements_due] agreements due
    [runs_from] start of the program
    [runs_until] end of the program
   *[wrap_up_until] close of the season
}.
answer-too-long = { $length } characters are too many; at most { $max } fit.
answer-unknown-option = Please choose one of the options.
answer-too-few = { $min ->
    [one] Please choose at least one.
   *[other] Please choose at least { $min }.
}
answer-too-many = { $max ->
    [one] Please choose one only.
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
command-mentorship-withdraw = Withdraw your application or leave your pair
command-mentorship-help = What you can type
command-mentorship-admin = For coordinators: season, applications, matching, pairs
command-mentorship-admin-season = The season and its dates
command-mentorship-admin-season-show = Phase, dates and figures
command-mentorship-admin-season-move = Move a date; everyone affected is told
command-mentorship-admin-season-move-date = Which date
command-mentorship-admin-season-move-date-applications-open = Applications open
command-mentorship-admin-season-move-date-applications-close = Applications close
command-mentorship-admin-season-move-date-agreements-due = Agreements due
command-mentorship-admin-season-move-date-runs-from = Program starts
command-mentorship-admin-season-move-date-runs-until = Program ends
command-mentorship-admin-season-move-date-wrap-up-until = Season closes
command-mentorship-admin-season-move-to = The new date: 2025-02-17 or 2025-02-17 23:59
command-mentorship-admin-season-close-applications = Close applications now
command-mentorship-admin-applications = Applications
command-mentorship-admin-applications-queue = Who waits for a decision
command-mentorship-admin-applications-accept-all = Accept everybody who is eligible
command-mentorship-admin-applications-accept = Accept one person, also somebody not on the roster
command-mentorship-admin-applications-accept-person = Whom
command-mentorship-admin-applications-decline = Decline one person, with the reason
command-mentorship-admin-applications-decline-person = Whom
command-mentorship-admin-applications-decline-reason = The reason; the person will read it
command-mentorship-admin-match = Matching
command-mentorship-admin-match-propose = Compute a proposal; nobody is told
command-mentorship-admin-match-show = Look at the latest proposal
command-mentorship-admin-match-publish = Publish the latest proposal and introduce the pairs
command-mentorship-admin-pairs = Pairs
command-mentorship-admin-pairs-list = Every pair and how it stands this month
command-mentorship-admin-nudges = The monthly question
command-mentorship-admin-nudges-preview = Who would be asked now
command-mentorship-admin-coordinators = Coordinators
command-mentorship-admin-coordinators-list = Who coordinates
command-mentorship-admin-coordinators-add = Make somebody a coordinator
command-mentorship-admin-coordinators-add-person = Whom
command-mentorship-admin-coordinators-remove = End somebody's coordinating
command-mentorship-admin-coordinators-remove-person = Whom
command-mentorship-admin-help = What a coordinator can type
