//! How the workspace's things look in JSON, with every field Slack's official samples show. It reads the
//! world and changes nothing.

use chrono::{Offset, TimeZone, Utc};
use serde_json::{Map, Value, json};

use super::state::{Author, Channel, Kind, Message, Person, StoredFile, UserGroup, View, Words, World};

fn seconds(ms: i64) -> i64 {
    ms.div_euclid(1000)
}

fn icons(world: &World) -> Value {
    let image = format!("{}/icons/app.png", world.origin);
    json!({"image_36": image, "image_48": image, "image_72": image})
}

/// `bots.info`.
pub fn bot(world: &World) -> Value {
    json!({
        "id": world.app.bot_id, "deleted": false, "name": world.app.name, "updated": 0,
        "app_id": world.app.id, "user_id": world.app.user_id, "icons": icons(world),
    })
}

fn bot_profile(world: &World) -> Value {
    json!({
        "id": world.app.bot_id, "deleted": false, "name": world.app.name, "updated": 0,
        "app_id": world.app.id, "team_id": world.team_id, "icons": icons(world),
    })
}

/// A profile; the e-mail address only with `users:read.email`.
pub fn profile(world: &World, person: &Person) -> Value {
    let resident = &person.resident;
    let image = format!("{}/icons/{}.png", world.origin, resident.id);
    let (first, last) = resident.name.split_once(' ').unwrap_or((&resident.name, ""));
    let mut profile = json!({
        "title": "", "phone": "", "skype": "", "real_name": resident.name, "real_name_normalized": resident.name,
        "display_name": resident.name, "display_name_normalized": resident.name, "fields": null,
        "status_text": "", "status_emoji": "", "status_emoji_display_info": [], "status_expiration": 0,
        "status_text_canonical": "", "avatar_hash": format!("g{}", resident.id.to_lowercase()),
        "image_24": image, "image_32": image, "image_48": image, "image_72": image, "image_192": image,
        "image_512": image, "first_name": first, "last_name": last, "team": world.team_id, "pronouns": "",
        "huddle_state": "default_unset", "huddle_state_expiration_ts": 0,
    });
    if let (Some(email), true) = (&resident.email, world.app.scopes.contains("users:read.email")) {
        profile["email"] = json!(email);
    }
    profile
}

/// A member as `users.info` gives it.
pub fn user(world: &World, person: &Person, with_locale: bool) -> Value {
    let resident = &person.resident;
    let (label, offset) = zone_now(&resident.zone, world.now_ms());
    let mut user = json!({
        "id": resident.id, "team_id": world.team_id, "name": resident.handle, "deleted": !resident.present,
        "color": "9f69e7", "real_name": resident.name, "tz": resident.zone, "tz_label": label, "tz_offset": offset,
        "profile": profile(world, person), "is_admin": resident.admin || resident.owner, "is_owner": resident.owner,
        "is_primary_owner": resident.owner, "is_restricted": person.restricted,
        "is_ultra_restricted": person.ultra_restricted, "is_bot": false, "is_app_user": false,
        "updated": seconds(person.updated_ms), "is_email_confirmed": true, "has_2fa": false,
        "who_can_share_contact_card": "EVERYONE", "is_invited_user": false, "is_workflow_bot": false,
        "is_connector_bot": false,
    });
    if with_locale {
        user["locale"] = json!(resident.locale);
    }
    user
}

/// The app's own bot user.
pub fn bot_user(world: &World) -> Value {
    json!({
        "id": world.app.user_id, "team_id": world.team_id, "name": username(&world.app.name), "deleted": false,
        "color": "3c989f", "real_name": world.app.name, "tz": "America/Los_Angeles",
        "tz_label": "Pacific Standard Time", "tz_offset": -28800,
        "profile": {
            "title": "", "phone": "", "skype": "", "real_name": world.app.name,
            "real_name_normalized": world.app.name, "display_name": "", "display_name_normalized": "",
            "fields": null, "status_text": "", "status_emoji": "", "status_expiration": 0, "avatar_hash": "app",
            "api_app_id": world.app.id, "always_active": true, "bot_id": world.app.bot_id, "team": world.team_id,
        },
        "is_admin": false, "is_owner": false, "is_primary_owner": false, "is_restricted": false,
        "is_ultra_restricted": false, "is_bot": true, "is_app_user": false, "updated": 0,
        "is_email_confirmed": false, "has_2fa": false, "who_can_share_contact_card": "EVERYONE",
        "is_workflow_bot": false,
    })
}

/// A name as Slack makes a user name of it.
pub fn username(name: &str) -> String {
    name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

fn zone_now(zone: &str, now_ms: i64) -> (String, i32) {
    let zone: chrono_tz::Tz = zone.parse().unwrap_or(chrono_tz::UTC);
    let Some(now) = Utc.timestamp_millis_opt(now_ms).single() else { return (zone.name().into(), 0) };
    (zone.name().into(), now.with_timezone(&zone).offset().fix().local_minus_utc())
}

fn words(words: &Words) -> Value {
    json!({"value": words.value, "creator": words.creator, "last_set": words.last_set})
}

/// A conversation with everything the methods that return one show.
pub fn channel(world: &World, channel: &Channel) -> Value {
    if let Kind::Direct(user) = &channel.kind {
        return direct(world, channel, user);
    }
    let private = channel.kind != Kind::Public;
    let mut shape = json!({
        "id": channel.id, "name": channel.name, "is_channel": channel.kind != Kind::Group,
        "is_group": channel.kind == Kind::Group, "is_im": false, "is_mpim": channel.kind == Kind::Group,
        "is_private": private, "created": seconds(channel.created_ms), "is_archived": channel.archived,
        "is_general": channel.general, "unlinked": 0, "name_normalized": channel.name, "is_shared": false,
        "is_org_shared": false, "is_pending_ext_shared": false, "pending_shared": [],
        "context_team_id": world.team_id, "updated": channel.updated_ms, "parent_conversation": null,
        "creator": channel.creator, "is_ext_shared": false, "shared_team_ids": [world.team_id],
        "internal_team_ids": [world.team_id], "pending_connected_team_ids": [],
        "is_member": channel.has(&world.app.user_id), "topic": words(&channel.topic),
        "purpose": words(&channel.purpose), "previous_names": channel.previous_names, "priority": 0,
        "last_read": "0000000000.000000", "is_moved": 0, "is_global_shared": false, "is_org_default": false,
        "is_org_mandatory": false, "conversation_host_id": world.team_id,
        "properties": {"tabs": [], "tabz": []},
    });
    if private {
        shape["is_open"] = json!(true);
    }
    shape
}

fn direct(world: &World, channel: &Channel, user: &str) -> Value {
    let gone = world.person(user).is_some_and(|person| !person.resident.present);
    json!({
        "id": channel.id, "created": seconds(channel.created_ms), "is_archived": gone, "is_im": true,
        "is_org_shared": false, "context_team_id": world.team_id, "updated": channel.updated_ms, "user": user,
        "is_user_deleted": gone, "priority": 0, "last_read": "0000000000.000000", "latest": null,
        "unread_count": 0, "unread_count_display": 0, "is_open": channel.open,
    })
}

/// A message as the app gets it. Metadata only when asked for.
pub fn message(world: &World, channel: &Channel, message: &Message, with_metadata: bool) -> Value {
    let mut shape = Map::new();
    let mut put = |key: &str, value: Value| {
        shape.insert(key.to_owned(), value);
    };
    put("type", json!("message"));
    put("ts", json!(message.ts));
    put("text", json!(message.text));
    put("team", json!(world.team_id));
    match &message.author {
        Author::App => {
            put("user", json!(world.app.user_id));
            put("bot_id", json!(world.app.bot_id));
            put("app_id", json!(world.app.id));
            put("bot_profile", bot_profile(world));
        }
        Author::User(user) => put("user", json!(user)),
        Author::Slack => put("user", json!("USLACKBOT")),
    }
    if let Some(subtype) = message.subtype {
        put("subtype", json!(subtype));
    }
    if !message.blocks.is_empty() {
        put("blocks", json!(message.blocks));
    }
    if !message.attachments.is_empty() {
        put("attachments", json!(message.attachments));
    }
    if !message.files.is_empty() {
        put("files", message.files.iter().filter_map(|id| world.file(id)).map(|found| file(world, found)).collect());
        put("upload", json!(false));
    }
    if let Some(thread) = &message.thread_ts {
        put("thread_ts", json!(thread));
    }
    if let Some((ts, _)) = &message.edited {
        put("edited", json!({"user": world.app.user_id, "ts": ts}));
    }
    if let (Some(metadata), true) = (&message.metadata, with_metadata) {
        put("metadata", metadata.clone());
    }
    if !message.reactions.is_empty() {
        let one = |(name, users): (&String, &Vec<String>)| json!({"name": name, "users": users, "count": users.len()});
        put("reactions", message.reactions.iter().map(one).collect());
    }
    if channel.pins.contains(&message.ts) {
        put("pinned_to", json!([channel.id]));
    }
    add_replies(channel, message, &mut shape);
    Value::Object(shape)
}

fn add_replies(channel: &Channel, parent: &Message, shape: &mut Map<String, Value>) {
    let is_reply = |m: &&Message| m.thread_ts.as_deref() == Some(&parent.ts) && m.ts != parent.ts;
    let replies: Vec<&Message> = channel.messages.iter().filter(is_reply).collect();
    let Some(last) = replies.last() else { return };
    shape.insert("thread_ts".into(), json!(parent.ts));
    shape.insert("reply_count".into(), json!(replies.len()));
    shape.insert("latest_reply".into(), json!(last.ts));
}

/// A file as `files.info` gives it.
pub fn file(world: &World, file: &StoredFile) -> Value {
    let extension = file.name.rsplit_once('.').map_or("binary", |(_, extension)| extension);
    let url = format!("{}/files-pri/{}/{}", world.origin, file.id, percent(&file.name));
    let (mut public, mut private) = (Map::new(), Map::new());
    for (place, ts) in &file.shares {
        let open = world.channel(place).is_some_and(|channel| channel.kind == Kind::Public);
        let family = if open { &mut public } else { &mut private };
        family.insert(place.clone(), json!([{"ts": ts, "reply_users": [], "reply_count": 0}]));
    }
    let mut shares = Map::new();
    if !public.is_empty() {
        shares.insert("public".into(), Value::Object(public));
    }
    if !private.is_empty() {
        shares.insert("private".into(), Value::Object(private));
    }
    let places = |prefix: char| -> Vec<&String> {
        file.shares.iter().map(|(place, _)| place).filter(|place| place.starts_with(prefix)).collect()
    };
    json!({
        "id": file.id, "created": seconds(file.created_ms), "timestamp": seconds(file.created_ms), "name": file.name,
        "title": file.title, "mimetype": mime(extension), "filetype": extension, "pretty_type": extension.to_uppercase(),
        "user": file.owner.as_ref().unwrap_or(&world.app.user_id), "user_team": world.team_id, "editable": false,
        "size": file.bytes.as_ref().map_or(0, Vec::len), "mode": "hosted", "is_external": false,
        "external_type": "", "is_public": false, "public_url_shared": false, "display_as_bot": false,
        "username": "", "url_private": url, "url_private_download": url,
        "permalink": url, "alt_txt": file.alt, "is_starred": false, "has_rich_preview": false,
        "channels": places('C'), "groups": places('G'), "ims": places('D'), "shares": shares, "comments_count": 0,
        "file_access": "visible",
    })
}

/// The media type of a file name's extension, as far as this bot's files go.
pub fn mime(extension: &str) -> &'static str {
    match extension {
        "png" => "image/png",
        "pdf" => "application/pdf",
        "csv" => "text/csv",
        "ics" => "text/calendar",
        "json" => "application/json",
        "txt" => "text/plain",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

fn percent(name: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    name.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A view as methods return it and payloads carry it.
pub fn view(world: &World, view: &View) -> Value {
    let body = &view.body;
    let title = if view.is_home() {
        json!({"type": "plain_text", "text": "View Title", "emoji": true})
    } else {
        body["title"].clone()
    };
    let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
    let mut shape = json!({
        "id": view.id, "team_id": world.team_id, "type": body["type"],
        "private_metadata": text("private_metadata"), "callback_id": text("callback_id"),
        "external_id": text("external_id"), "state": {"values": view.inputs}, "hash": view.hash, "title": title,
        "clear_on_close": view.flag("clear_on_close"), "notify_on_close": view.flag("notify_on_close"),
        "close": body["close"], "submit": body["submit"], "previous_view_id": view.previous,
        "root_view_id": view.root, "app_id": world.app.id, "external_ref": null,
        "submit_disabled": view.flag("submit_disabled"),
        "app_installed_team_id": world.team_id, "bot_id": world.app.bot_id,
    });
    shape["blocks"] = body["blocks"].clone();
    shape
}

/// A user group.
pub fn group(world: &World, group: &UserGroup, with_users: bool) -> Value {
    let mut shape = json!({
        "id": group.id, "team_id": world.team_id, "is_usergroup": true, "is_subteam": true, "name": group.name,
        "description": "", "handle": group.handle, "is_external": false, "date_create": seconds(group.created_ms),
        "date_update": seconds(group.created_ms), "date_delete": 0, "auto_type": null, "auto_provision": false,
        "enterprise_subteam_id": "", "created_by": world.app.user_id, "updated_by": world.app.user_id,
        "deleted_by": null, "prefs": {"channels": [], "groups": []}, "user_count": group.users.len(),
        "channel_count": 0,
    });
    if with_users {
        shape["users"] = json!(group.users);
    }
    shape
}
