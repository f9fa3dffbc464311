//! The fonts that come with the program, so that no report depends on those of the machine. It draws nothing.

/// The first that knows a letter draws it: Latin, Greek and Cyrillic; Hebrew; Arabic; Chinese and Japanese.
pub(super) const FONTS: [&[u8]; 4] = [
    include_bytes!("fonts/NotoSerif-Regular.ttf"),
    include_bytes!("fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("fonts/DroidSansFallback.ttf"),
];
