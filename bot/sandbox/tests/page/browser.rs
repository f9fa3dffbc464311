//! The page itself, in a headless Chromium, with a mouse and a keyboard. What a person did on the page
//! must arrive at the platform, and what the platform says must stand on the page.

use std::sync::Arc;

use plsep_sandbox::page::{Page, PageOptions};
use serde_json::json;

use crate::chromium::Browser;
use crate::fake::{Fake, HeldTime};

/// The open page, the chat behind it and the browser before it.
struct Visit {
    page: Page,
    discord: Fake,
    time: Arc<HeldTime>,
    browser: Browser,
}

impl Visit {
    async fn begin(name: &str) -> Self {
        let (discord, time) = (Fake::discord(), HeldTime::new());
        let page = Page::start(PageOptions {
            port: 0,
            platforms: vec![Arc::new(discord.clone()), Arc::new(Fake::slack())],
            time: time.clone(),
            zone: "America/Los_Angeles".into(),
            title: "PLSEP sandbox".into(),
        });
        let page = page.await.unwrap();
        let mut browser = Browser::start(name).await;
        browser.look(1280, 860, "light").await;
        Self { page, discord, time, browser }
    }

    async fn open(&mut self, hash: &str) {
        let url = format!("{}{hash}", self.page.url());
        self.browser.open(&url).await;
    }

    /// The page must have complained of nothing and asked nobody but the sandbox.
    async fn end(mut self) {
        self.browser.run("1").await;
        assert_eq!(self.browser.complaints, Vec::<String>::new());
        let own = self.page.url();
        let outside = |url: &&String| !url.starts_with(&own) && !url.starts_with("data:") && *url != "about:blank";
        assert_eq!(self.browser.requested.iter().find(outside), None, "the page asked somebody else");
        self.browser.close().await;
        self.page.stop().await;
    }

    fn last_act(&self) -> (String, serde_json::Value) {
        self.discord.acted().last().cloned().expect("somebody acted")
    }
}

#[tokio::test]
async fn a_visitor_picks_a_person_talks_to_the_bot_and_sends_the_form() {
    let mut visit = Visit::begin("form").await;
    visit.open("").await;
    let b = &mut visit.browser;
    assert!(b.text("main").await.contains("Choose a person"));
    assert!(b.text("[data-handle=ana]").await.contains("3 unread"));

    b.click("[data-handle=ana]").await;
    b.until("document.title.startsWith('Ana García')").await;
    b.click("#write-0").await;
    b.write("/mentorship").await;
    b.press("Enter").await;
    b.until("document.querySelector('.ephemeral')?.innerText.includes('Only you can see this')").await;
    assert_eq!(b.run("document.querySelector('#write-0').value").await, "", "what was sent is gone");

    b.click(".ephemeral button.primary").await;
    b.until("document.querySelector('dialog[open]')").await;
    assert_eq!(b.run("document.activeElement.name").await, "library", "the first field has the focus");
    assert_eq!(b.run("document.querySelector('[name=library]').value").await, "Pasadena");
    assert_eq!(b.run("document.querySelector('.pane-body').inert").await, true);

    b.click("dialog [type=submit]").await;
    b.until("document.querySelector('[data-field=goals] .wrong').innerText === 'Please answer this.'").await;
    assert_eq!(b.run("document.activeElement.name").await, "goals", "the first gap has the focus");
    b.write("nothing").await;
    b.click("[data-field=way] .option:nth-child(2) input").await;
    b.click("[data-field=topics] .option:nth-child(2) input").await;
    assert_eq!(b.text("[data-field=goals] .count").await, "7 of 60 characters");
    b.click("dialog [type=submit]").await;
    b.until("document.querySelector('[data-field=goals] .wrong').innerText.includes('say a little more')").await;
    b.until("document.activeElement.name === 'goals'").await;
    b.run("document.activeElement.select()").await;
    b.write("Outreach").await;
    b.click("dialog [type=submit]").await;
    b.until("!document.querySelector('dialog')").await;
    b.until("document.querySelector('[data-place=d1] .count-dot')").await;
    b.click("[data-place=d1]").await;
    b.until("document.querySelector('.messages').innerText.includes('Received. Your goals: Outreach')").await;

    let values = json!({ "library": ["Pasadena"], "goals": ["Outreach"], "way": ["phone"], "topics": ["outreach"], "start": [] });
    assert_eq!(visit.last_act(), ("ana".into(), json!({ "do": "submit", "values": values })));
    assert_eq!(visit.discord.acted()[0].1, json!({ "do": "command", "place": "c1", "text": "/mentorship" }));
    visit.end().await;
}

#[tokio::test]
async fn a_form_that_only_tells_has_its_own_buttons_and_menus_and_is_closed() {
    let mut visit = Visit::begin("result").await;
    visit.open("#/discord/ana/c1").await;
    visit.discord.shows_result("ana");
    let b = &mut visit.browser;
    b.until("document.querySelector('dialog[open]')").await;
    assert_eq!(b.text("dialog h2").await, "Application received");
    assert_eq!(b.run("document.querySelector('dialog .words b').innerText").await, "Ana");
    assert_eq!(b.run("document.querySelector('dialog ol').start").await, 2);
    assert_eq!(b.run("document.querySelectorAll('dialog [type=submit]').length").await, 0, "nothing can be sent");
    assert_eq!(b.run("document.activeElement.innerText").await, "Close");

    b.click("dialog [data-control=change]").await;
    b.until("!document.querySelector('dialog [aria-busy]')").await;
    let b = &mut visit.browser;
    b.click("dialog [data-control=rhythm]").await;
    b.click("dialog .menu-panel:not([hidden]) .option:nth-child(2)").await;
    b.until("!document.querySelector('dialog .menu-panel:not([hidden])')").await;
    b.click("dialog [data-control=broken]").await;
    b.until("document.querySelector('dialog .trouble').innerText.includes('cannot be pressed any more')").await;
    b.click("dialog > form > .actions button").await;
    b.until("!document.querySelector('dialog')").await;
    let acted: Vec<_> = visit.discord.acted().into_iter().map(|(_, action)| action).collect();
    let expected = [
        json!({ "do": "press", "message": "form-2", "key": "change" }),
        json!({ "do": "choose", "message": "form-2", "key": "rhythm", "values": ["weekly"] }),
        json!({ "do": "press", "message": "form-2", "key": "broken" }),
        json!({ "do": "close_form" }),
    ];
    assert_eq!(acted, expected);
    visit.browser.complaints.retain(|complaint| !complaint.contains("422"));
    visit.end().await;
}

#[tokio::test]
async fn menus_choose_one_or_several_and_a_refusal_is_shown() {
    let mut visit = Visit::begin("menus").await;
    visit.open("#/discord/ana/c3").await;
    let b = &mut visit.browser;
    assert!(b.text(".place-head").await.contains("Readable by Ana García, Grace Okafor and PLSEP Mentorship only"));

    b.click("[data-control=topics]").await;
    b.until("document.activeElement.type === 'checkbox'").await;
    b.click(".menu-panel:not([hidden]) .option:nth-child(1)").await;
    b.click(".menu-panel:not([hidden]) .option:nth-child(3)").await;
    visit.discord.bot_writes("c3", "", "m8", "Something new meanwhile");
    b.until("document.querySelector('[data-message=m8]')").await;
    assert_eq!(
        b.run("document.querySelectorAll('.menu-panel input:checked').length").await,
        2,
        "a refresh keeps the choice"
    );
    b.click(".menu-panel:not([hidden]) button.primary").await;
    b.until("!document.querySelector('.menu-panel:not([hidden])')").await;
    let chosen = json!({ "do": "choose", "message": "m2", "key": "topics", "values": ["cataloging", "budgets"] });
    assert_eq!(visit.last_act(), ("ana".into(), chosen));

    let b = &mut visit.browser;
    b.click("[data-control=rhythm]").await;
    b.press("Escape").await;
    b.until("document.activeElement.dataset.control === 'rhythm'").await;
    b.press("Enter").await;
    b.click(".menu-panel:not([hidden]) .option:nth-child(2)").await;
    b.until("!document.querySelector('.menu-panel:not([hidden])')").await;
    let chosen = json!({ "do": "choose", "message": "m2", "key": "rhythm", "values": ["weekly"] });
    assert_eq!(visit.last_act(), ("ana".into(), chosen));

    let b = &mut visit.browser;
    b.click("[data-control=broken]").await;
    b.until("document.querySelector('.notice')?.innerText.includes('cannot be pressed any more')").await;
    // Chromium itself logs the refused request; it is the only complaint this visit may cause.
    b.complaints.retain(|complaint| !complaint.contains("422"));
    visit.end().await;
}

#[tokio::test]
async fn typed_words_stay_while_the_world_changes_and_while_somebody_else_is_looked_at() {
    let mut visit = Visit::begin("drafts").await;
    visit.open("#/discord/ana/c1").await;
    visit.browser.click("#write-0").await;
    visit.browser.write("Half a sentence").await;
    visit.discord.bot_writes("c1", "", "m8", "Something new");
    let b = &mut visit.browser;
    b.until("document.querySelector('[data-message=m8]')").await;
    assert_eq!(
        b.run("[document.activeElement.id, document.activeElement.value].join()").await,
        "write-0,Half a sentence"
    );

    b.click("[data-handle=grace]").await;
    b.until("document.title.startsWith('Grace')").await;
    assert_eq!(b.run("document.querySelector('#write-0').value").await, "");
    b.click("[data-handle=ana]").await;
    b.until("document.querySelector('#write-0').value === 'Half a sentence'").await;

    visit.discord.opens_form("ana");
    let b = &mut visit.browser;
    b.until("document.querySelector('dialog[open]')").await;
    b.run("document.querySelector('[name=goals]').focus()").await;
    b.write("To learn").await;
    b.click("[data-handle=grace]").await;
    b.until("!document.querySelector('dialog')").await;
    b.click("[data-handle=ana]").await;
    b.until("document.querySelector('[name=goals]')?.value === 'To learn'").await;
    b.run("document.querySelector('[name=goals]').focus()").await;
    b.press("Escape").await;
    b.until("!document.querySelector('dialog')").await;
    assert_eq!(visit.last_act(), ("ana".into(), json!({ "do": "close_form" })));
    visit.end().await;
}

#[tokio::test]
async fn the_clock_is_moved_and_says_when_it_travels() {
    let mut visit = Visit::begin("clock").await;
    visit.open("#/discord/ana").await;
    let b = &mut visit.browser;
    assert_eq!(b.text("#clock-day").await, "Monday, March 3, 2025");
    assert_eq!(b.text("#clock-zone").await, "Pacific Standard Time");
    b.click("#hour").await;
    b.until("document.querySelector('#clock-time').textContent.startsWith('10:00')").await;
    b.click("#day").await;
    b.until("document.querySelector('#clock-day').textContent.startsWith('Tuesday')").await;

    visit.time.free.send_replace(false);
    b.click("#next").await;
    b.until("document.querySelector('#travel').innerText.startsWith('Travelling to Tue, Mar 4')").await;
    assert_eq!(b.run("document.querySelector('#hour').disabled").await, true);
    visit.time.free.send_replace(true);
    b.until("document.querySelector('#travel').hidden").await;
    assert_eq!(b.text("#next .next-what").await, "Nothing is due");
    assert_eq!(b.run("document.querySelector('#next').disabled").await, true);

    b.click("#goto summary").await;
    b.until("document.activeElement.id === 'goto-when'").await;
    b.run("document.querySelector('#goto-when').value = '2025-03-20T08:30'").await;
    b.click("#goto [type=submit]").await;
    b.until("document.querySelector('#clock-day').textContent === 'Thursday, March 20, 2025'").await;
    assert_eq!(b.text("#clock-zone").await, "Pacific Daylight Time");
    visit.end().await;
}

#[tokio::test]
async fn two_people_side_by_side_and_the_form_of_one_leaves_the_other_alone() {
    let mut visit = Visit::begin("compare").await;
    visit.open("#/discord/ana/c3").await;
    let b = &mut visit.browser;
    b.click(".compare").await;
    b.until("document.querySelector('.welcome.second select')").await;
    b.run("(() => { const s = document.querySelector('.welcome.second select'); s.value = 'discord/grace'; s.dispatchEvent(new Event('change')); })()").await;
    b.until("document.querySelectorAll('.pane').length === 2").await;
    b.click(".pane + .pane [data-place=c3]").await;
    b.until("location.hash === '#/discord/ana/c3?with=discord%2Fgrace%2Fc3'").await;
    b.until("document.querySelectorAll('[data-message=m2]').length === 2").await;

    b.click("#write-0").await;
    b.write("Sounds good").await;
    visit.discord.opens_form("grace");
    let b = &mut visit.browser;
    b.until("document.querySelector('.pane + .pane dialog[open]')").await;
    assert_eq!(b.run("document.activeElement.id").await, "write-0", "whoever types is not interrupted");
    b.press("Enter").await;
    b.until(
        "[...document.querySelectorAll('.pane + .pane .message')].some((one) => one.innerText.includes('Sounds good'))",
    )
    .await;
    assert_eq!(visit.last_act().1, json!({ "do": "say", "place": "c3", "text": "Sounds good" }));
    visit.end().await;
}

#[tokio::test]
async fn the_home_tab_opens_and_somebody_joins_and_leaves() {
    let mut visit = Visit::begin("home").await;
    visit.open("#/slack/li/H1").await;
    let b = &mut visit.browser;
    b.until("document.querySelector('.home')?.innerText.includes('You are matched with')").await;

    b.click(".tab[data-platform=discord]").await;
    b.until("document.querySelector('.tab[data-platform=discord][aria-current]')").await;
    b.click("#join").await;
    b.until("document.activeElement.name === 'name'").await;
    b.write("Zoë Kim").await;
    b.until("document.querySelector('#join-handle').value === 'zoe'").await;
    b.click(".join-form [type=submit]").await;
    b.until("document.title.startsWith('Zoë Kim')").await;
    b.click(".pane-head summary").await;
    b.click(".pane-head .card button").await;
    b.until("document.querySelector('.closed')?.innerText.includes('has left')").await;
    assert_eq!(visit.last_act(), ("zoe".into(), json!({ "do": "leave" })));

    let b = &mut visit.browser;
    b.click("#find").await;
    b.write("okaf").await;
    b.until("document.querySelectorAll('.person').length === 1").await;
    visit.end().await;
}

#[tokio::test]
async fn a_message_can_neither_run_a_script_nor_load_a_picture() {
    let mut visit = Visit::begin("hostile").await;
    let hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script><a href=\"javascript:1\">here</a><b onclick=\"x()\">bold</b>";
    visit.discord.bot_writes("c1", "", "m8", hostile);
    visit.open("#/discord/ana/c1").await;
    let b = &mut visit.browser;
    b.until("document.querySelector('[data-message=m8] b')").await;
    let html = b.run("document.querySelector('[data-message=m8] .words').innerHTML").await;
    assert_eq!(html, "<p><a>here</a><b>bold</b></p>");
    assert!(visit.browser.complaints.iter().all(|complaint| complaint.contains("Content Security Policy")));
    visit.browser.complaints.clear();
    visit.end().await;
}

#[tokio::test]
async fn a_narrow_window_shows_one_thing_at_a_time_and_never_scrolls_sideways() {
    let mut visit = Visit::begin("narrow").await;
    visit.browser.look(400, 800, "dark").await;
    visit.open("").await;
    let b = &mut visit.browser;
    let fits = "document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(b.run(fits).await, true);
    b.click("[data-handle=ana]").await;
    b.until("getComputedStyle(document.querySelector('.side')).display === 'none'").await;
    b.click("[data-place=c3]").await;
    b.until("document.querySelector('[data-message=m2]')").await;
    assert_eq!(b.run(fits).await, true);
    b.click(".back").await;
    b.until("getComputedStyle(document.querySelector('.side')).display !== 'none'").await;
    visit.end().await;
}
