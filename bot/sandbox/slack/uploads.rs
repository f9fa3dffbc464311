//! The bytes of files: received at the address `files.getUploadURLExternal` gave, given back to the app.

use super::http::{Asked, Content, Reply};
use super::shapes;
use super::state::World;

/// Takes the bytes of a file. They must be as many as were announced.
pub fn receive(world: &mut World, id: &str, asked: &Asked) -> Reply {
    let Some(file) = world.files.iter_mut().find(|file| file.id == id && !file.complete) else {
        return Reply::text(404, "not_found");
    };
    if asked.method != "POST" && asked.method != "PUT" {
        return Reply::text(405, "method_not_allowed");
    }
    if asked.bytes.len() != file.declared {
        return Reply::text(400, "length does not match");
    }
    file.bytes = Some(asked.bytes.to_vec());
    Reply::text(200, &format!("OK - {}", asked.bytes.len()))
}

/// Gives the bytes to the app itself.
pub fn download(world: &World, path: &str, asked: &Asked) -> Reply {
    if asked.token.as_deref() != Some(world.app.bot_token.as_str()) {
        return Reply::text(403, "not allowed");
    }
    let id = path.split('/').next().unwrap_or_default();
    match world.file(id).and_then(|file| Some((file, file.bytes.clone()?))) {
        Some((file, bytes)) => {
            let extension = file.name.rsplit_once('.').map_or("", |(_, extension)| extension);
            Reply { status: 200, headers: Vec::new(), body: Content::File(bytes, shapes::mime(extension)) }
        }
        None => Reply::text(404, "not_found"),
    }
}
