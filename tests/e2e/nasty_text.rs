//! A small season with people whose names and words are made to break things: nothing they write pings, formats or
//! breaks anything, wherever it is shown, and everybody keeps their name.

use plsep_domain::Role::{self, Mentee, Mentor};
use plsep_sandbox::NewResident;

use super::harness::{Both, Story, resident, run_test};

/// Handle, name, role, locale. Each name is a trap of another kind.
const CAST: [(&str, &str, Role, &str); 6] = [
    ("every", "@everyone @here", Mentee, "en-US"),
    ("rtl", "\u{202e}nimda\u{202c} \u{5d3}\u{5e0}\u{5d4}", Mentor, "en-US"),
    ("marks", "**Bo** _ld_ ~~x~~ `y` ||z||", Mentee, "es-ES"),
    ("slacky", "<!channel> &amp; <@U1|x>", Mentor, "es-ES"),
    ("sheet", "=HYPERLINK(\"x\",\"y\")", Mentee, "en-US"),
    ("emoji", "\u{1f469}\u{200d}\u{1f4da}\u{2615} # Ann\u{327}e", Mentor, "en-US"),
];

/// What they write wherever they can write.
const WORDS: &str = "@everyone <!channel> <!here> <@1> **b** [x](https://evil.example) {$name} \u{202e}drow\u{202c}\n# h\n> q\n```\nc\n```\n=1+1 nul\u{0}end <script>alert(1)</script>";

fn nobody_is_pinged(t: &Story) {
    for seen in t.everything() {
        let all =
            seen.pings.iter().find(|ping| matches!(ping.as_str(), "@everyone" | "@here" | "<!channel>" | "<!here>"));
        assert_eq!(all, None, "everybody is pinged by {}", seen.text);
        assert!(!seen.html.contains("<script"), "{}", seen.html);
        assert!(!seen.html.contains("href=\"https://evil.example"), "{}", seen.html);
        assert!(!seen.text.contains('\u{0}'), "{:?}", seen.text);
    }
}

#[tokio::test]
async fn a_season_of_people_whose_names_are_traps() {
    run_test(Both, async |t| {
        for (handle, name, _, locale) in CAST {
            t.joins(NewResident { locale: locale.to_owned(), ..resident(handle, name, "America/Los_Angeles") });
        }
        t.settle().await;
        let (sam, sheet) = (t.person("sam"), t.person("sheet"));
        for (handle, _, role, _) in CAST {
            if handle != "sheet" && role == Mentee {
                t.puts_on_roster(handle).await;
            }
            let answers: &[(&str, &[&str])] = &[
                ("goals", &[WORDS]),
                ("offer", &[WORDS]),
                ("note", &[WORDS]),
                ("supervisor", &["Nobody at @all <!here>"]),
            ];
            t.person(handle).applies_with(role, answers).await;
        }
        t.drain().await;
        // Not on the roster, wait-listed, declined with words that are a trap, too.
        sam.sees("applied as a mentee and is not on the roster");
        sam.commands("applications queue", &[]).await;
        sam.commands("applications wait-list", &[("person", "@sheet")]).await;
        t.drain().await;
        let reason = "Please ask @everyone, <!channel> and **me** again. =1+1";
        sam.commands("applications decline", &[("person", "@sheet"), ("reason", reason)]).await;
        t.drain().await;
        sheet.sees("and **me** again. =1+1");
        sheet.asks("status", &[]).await;

        t.travel_to("2025-02-18 10:00").await;
        sam.commands("applications accept-all", &[]).await;
        sam.presses("Yes, accept them").await;
        t.drain().await;
        sam.commands("match propose", &[]).await;
        sam.commands("match why", &[("person", "@every")]).await;
        sam.commands("match publish", &[]).await;
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        nobody_is_pinged(&t);
        assert_eq!(t.pairs().await.len(), 2);
        for (handle, words) in [("every", "# h"), ("marks", "**b** [x](https://evil.example)")] {
            let person = t.person(handle);
            let room = person.room();
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(room.name.trim_start_matches('#').chars().all(plain), "{}", room.name);
            // What they wrote stands there word for word.
            person.sees(words);
            person.asks("home", &[]).await;
            person.signs_in_any_language().await;
            person.asks("check-in", &[]).await;
        }
        // Typed under the form, a trap is no name.
        let emoji = t.person("emoji");
        if !emoji.rooms().is_empty() {
            emoji.asks("agreement", &[]).await;
            emoji.presses("Sign").await;
            emoji.sends(&[("typed_name", &["<!channel>"])]).await;
            emoji.sees("Please type your name with letters");
        }
        for command in ["pairs list", "season show", "nudges preview"] {
            sam.commands(command, &[]).await;
        }
        t.travel_to("2025-03-20 12:00").await;
        for handle in ["every", "marks"] {
            t.person(handle).answers("2025-03", "need_help").await;
        }
        t.drain().await;
        sam.sees("asks for help");
        t.person("every").asks("withdraw", &[]).await;
        t.person("every").presses("Withdraw").await;
        t.travel_to("2025-07-02 12:00").await;
        sam.sees("@everyone @here");
        nobody_is_pinged(&t);
    })
    .await;
}
