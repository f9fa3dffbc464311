//! A headless Chromium, driven over its DevTools socket. Waits by conditions in the page, never by time;
//! fails with a sentence if no Chromium is installed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// After this long a condition in the page is taken not to come true any more.
const PATIENCE_MS: u32 = 20_000;
/// After this long Chromium itself is taken to be stuck.
const STUCK: Duration = Duration::from_secs(60);

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
    "--proxy-server=direct://",
];

/// A browser with one tab; ends with the test, also with a failed one.
pub struct Browser {
    process: Child,
    profile: PathBuf,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    session: String,
    last_id: u64,
    /// What the page complained about: exceptions, refused resources, errors on its console.
    pub complaints: Vec<String>,
    /// Every address the page asked for.
    pub requested: Vec<String>,
}

impl Browser {
    /// Starts Chromium with an empty profile and opens a blank tab.
    pub async fn start(name: &str) -> Self {
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("page-{}-{name}", std::process::id()));
        let mut process = launch(&profile);
        let errors = process.stderr.take().unwrap();
        let address = tokio::task::spawn_blocking(move || {
            let mut lines = BufReader::new(errors).lines().map_while(Result::ok);
            let address = lines.find_map(|line| line.strip_prefix("DevTools listening on ").map(str::to_owned));
            // Goes on reading, so that Chromium is never held up by a full pipe.
            std::thread::spawn(move || lines.for_each(drop));
            address.expect("Chromium ended before it listened; start `chromium --headless` by hand to see why")
        });
        let address = tokio::time::timeout(STUCK, address).await.expect("Chromium did not start").unwrap();
        let (socket, _) = connect_async(address).await.expect("Chromium's DevTools answer");
        let (complaints, requested) = (Vec::new(), Vec::new());
        let mut browser = Self { process, profile, socket, session: String::new(), last_id: 0, complaints, requested };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" })).await;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        browser.session = browser.call("Target.attachToTarget", attach).await["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({})).await;
        }
        browser
    }

    /// Sends one DevTools command and returns its result.
    pub async fn call(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let mut command = json!({ "id": self.last_id, "method": method, "params": params });
        if !self.session.is_empty() {
            command["sessionId"] = self.session.clone().into();
        }
        self.socket.send(Message::text(command.to_string())).await.unwrap();
        loop {
            let message = tokio::time::timeout(STUCK, self.socket.next()).await;
            let message = message.unwrap_or_else(|_| panic!("Chromium does not answer {method}")).unwrap().unwrap();
            let Ok(text) = message.to_text() else { continue };
            let message: Value = serde_json::from_str(text).unwrap_or_default();
            self.note(&message);
            if message["id"] == self.last_id {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
        }
    }

    /// Lets Chromium end by itself, so that no process of it still writes when its profile is removed.
    pub async fn close(mut self) {
        self.session.clear();
        self.call("Browser.close", json!({})).await;
        while let Ok(Some(Ok(_))) = tokio::time::timeout(STUCK, self.socket.next()).await {}
        self.process.wait().unwrap();
    }

    fn note(&mut self, event: &Value) {
        let params = &event["params"];
        match event["method"].as_str() {
            Some("Runtime.exceptionThrown") => self.complaints.push(params["exceptionDetails"].to_string()),
            Some("Log.entryAdded") if params["entry"]["level"] == "error" => {
                self.complaints.push(params["entry"].to_string())
            }
            Some("Network.requestWillBeSent") => {
                self.requested.push(params["request"]["url"].as_str().unwrap_or_default().to_owned());
            }
            _ => {}
        }
    }

    /// Runs an expression in the page and returns its value; a promise is waited for.
    pub async fn run(&mut self, expression: &str) -> Value {
        let params =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let answer = self.call("Runtime.evaluate", params).await;
        assert!(
            answer["exceptionDetails"].is_null(),
            "{expression}\n{}",
            answer["exceptionDetails"]["exception"]["description"]
        );
        answer["result"]["value"].clone()
    }

    /// Waits until a condition holds in the page, looking again whenever the page changes.
    pub async fn until(&mut self, condition: &str) {
        let script = format!(
            "new Promise((done) => {{
               const holds = () => {{ try {{ return Boolean({condition}); }} catch {{ return false; }} }};
               const end = (held) => {{ watch.disconnect(); clearTimeout(timer); done(held); }};
               const watch = new MutationObserver(() => holds() && end(true));
               const timer = setTimeout(() => end(holds()), {PATIENCE_MS});
               watch.observe(document, {{ subtree: true, childList: true, attributes: true, characterData: true }});
               if (holds()) end(true);
             }})"
        );
        if self.run(&script).await != true {
            let page = self.run("document.body.innerText").await;
            panic!(
                "this did not come true: {condition}\nthe page says:\n{}\ncomplaints: {:?}",
                page.as_str().unwrap_or_default(),
                self.complaints
            );
        }
    }

    /// Opens an address and waits until its page has drawn itself.
    pub async fn open(&mut self, url: &str) {
        self.call("Page.navigate", json!({ "url": url })).await;
        self.until("document.documentElement.dataset.ready").await;
    }

    /// Waits for an element, scrolls to it and clicks its middle, as a hand on a mouse would.
    pub async fn click(&mut self, selector: &str) {
        self.until(&format!("document.querySelector({selector:?}) && !document.querySelector({selector:?}).disabled"))
            .await;
        let find = format!(
            "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{ block: 'center' }});
               const r = e.getBoundingClientRect(); const [x, y] = [r.x + r.width / 2, r.y + r.height / 2];
               return {{ x, y, hit: e.contains(document.elementFromPoint(x, y)) }}; }})()"
        );
        let spot = self.run(&find).await;
        assert_eq!(spot["hit"], true, "{selector} is covered by something else");
        for kind in ["mousePressed", "mouseReleased"] {
            let params = json!({ "type": kind, "x": spot["x"], "y": spot["y"], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", params).await;
        }
    }

    /// Types into whatever has the focus.
    pub async fn write(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text })).await;
    }

    /// Presses and releases a key (`Enter`, `Escape`, `Tab`).
    pub async fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "Tab" => (9, ""),
            other => panic!("the test knows no key {other}"),
        };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let params = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text });
            self.call("Input.dispatchKeyEvent", params).await;
        }
    }

    /// Makes the window so big, and the visitor prefer `light` or `dark`.
    pub async fn look(&mut self, width: u32, height: u32, scheme: &str) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", size).await;
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.call("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// What a selector's element shows.
    pub async fn text(&mut self, selector: &str) -> String {
        let text = self.run(&format!("document.querySelector({selector:?})?.innerText ?? '(absent)'")).await;
        text.as_str().unwrap().to_owned()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

fn launch(profile: &Path) -> Child {
    for name in NAMES {
        let mut command = Command::new(name);
        command.args(FLAGS).arg(format!("--user-data-dir={}", profile.display()));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        if let Ok(process) = command.spawn() {
            return process;
        }
    }
    panic!(
        "This test needs Chromium on the PATH (tried {}). On Debian or Ubuntu: apt-get install chromium",
        NAMES.join(", ")
    );
}
